"""The tables, one module per area; importing this package imports every area, so that the metadata is complete."""

import importlib
import pkgutil

from engine.persistence.models.base import Base

for _area in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_area.name}")

metadata = Base.metadata
