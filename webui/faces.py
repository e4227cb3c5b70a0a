"""Faces: one folder each with ``views.py`` in it, which has the blueprint ``bp`` and may list its menu entries in ``MENU``."""

import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import webui


@cache
def faces() -> tuple[ModuleType, ...]:
    """Find the views module of every face."""
    folders = [f"webui.{found.name}" for found in pkgutil.iter_modules(webui.__path__) if found.ispkg]
    return tuple(import_module(f"{folder}.views") for folder in sorted(folders) if find_spec(f"{folder}.views"))
