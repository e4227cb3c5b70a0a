"""Where the cases are, and what one of them came to."""

import os
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(os.environ.get("ZHENGGAI_CASES", Path(__file__).parents[2] / ".." / "shared" / "conformance"))


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its name, and what was wrong with it (nothing when it passes)."""

    name: str
    fault: str = ""
