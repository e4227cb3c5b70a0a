"""What every child of the harness needs, read once by the fork server."""

from engine.scheduler import workers
from tests.bench.crash import processes
from webui import server
from webui.faces import faces

WARM = (processes, server, workers, faces())
