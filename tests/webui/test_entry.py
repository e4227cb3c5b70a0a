"""What a server that rests has not loaded: whatever only some pages need comes when they need it."""

import subprocess
import sys

HEAVY = {"cryptography", "docx", "docxtpl", "openpyxl", "PIL", "pydantic", "regex", "rich", "segno", "typer", "typst"}
START = """
import sys
from webui import entry, server
from webui.faces import faces
faces()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_server_starts_without_what_only_some_pages_need() -> None:
    loaded = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout.split()
    assert {"flask", "sqlalchemy", "waitress"} <= set(loaded)
    assert not HEAVY & set(loaded)
