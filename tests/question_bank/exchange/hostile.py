"""Files made to hurt: each by a function, none kept as a file. The name says the reader it is meant for."""

from . import harmless, hostile_archives, hostile_tables, hostile_xml  # noqa: F401 - each adds its own
from .pieces import HARMLESS, HOSTILE, qti

__all__ = ["HARMLESS", "HOSTILE", "qti"]
