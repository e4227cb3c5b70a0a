"""Process files: read them, refuse what cannot be honoured, and give the kernel checked processes."""

from engine.bpmn.document import Known
from engine.bpmn.reader import Reading, read
from engine.errors import Problem

__all__ = ["Known", "Problem", "Reading", "read"]
