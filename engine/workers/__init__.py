"""Workers: what the service tasks of a process can ask for by type. Each runs in the transaction that completes its task."""

from collections.abc import Callable, Mapping

from engine.errors import EngineError
from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork

Result = Mapping[str, object]
Worker = Callable[[UnitOfWork, Job, Mapping[str, str], Mapping[str, object]], Result]


class NoWorker(EngineError):
    """There is no worker for {type}. Known are {known}."""


class InputMissing(EngineError):
    """The worker {type} needs {name}."""


class BusinessError(Exception):
    """An outcome the process itself must deal with: an error event with this *code* catches it."""

    def __init__(self, code: str, message: str = "", variables: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.variables = variables or {}


def run_worker(work: UnitOfWork, job: Job) -> Result:
    """Do a service job; give the variables it results in."""
    from engine.workers.registry import WORKERS

    worker = WORKERS.get(job.type)
    if worker is None:
        raise NoWorker(type=job.type, known=", ".join(sorted(WORKERS)))
    return worker(work, job, job.payload["headers"], job.payload["variables"])


def needed(type_: str, values: Mapping[str, object], name: str) -> object:
    """Give an input a worker cannot do without."""
    if values.get(name) is None:
        raise InputMissing(type=type_, name=name)
    return values[name]
