"""Decision models: read them, refuse what cannot be honoured, and evaluate decisions by id."""

from engine.dmn.decisions import Decision, Service
from engine.dmn.reader import Reading, read
from engine.dmn.trying import Question, Step, Trial, attempt, questions
from engine.errors import Problem

__all__ = ["Decision", "Problem", "Question", "Reading", "Service", "Step", "Trial", "attempt", "questions", "read"]
