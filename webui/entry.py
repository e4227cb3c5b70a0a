"""The first step of every command: what serves for months begins without the machinery that reads command lines."""

import os
import sys

from engine.errors import EngineError
from engine.persistence import trouble
from webui import i18n


def main() -> None:
    """Run a command; what can be explained is explained in one sentence."""
    try:
        with trouble.told():
            _run()
    except EngineError as reason:
        print(i18n.said(reason, i18n.spoken(os.environ)), file=sys.stderr)
        sys.exit(1)


def _run() -> None:
    if sys.argv[1:] == ["serve"]:
        from webui import server

        server.until_stopped()
    else:
        from webui import cli

        cli.app(standalone_mode=True)
