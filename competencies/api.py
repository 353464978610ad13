"""The front door of the framework."""

from .selectors import current_framework_id, forget, framework, plain_titles
from .services import load_framework
from .types import FrameworkTree

__all__ = ["current_framework", "current_framework_id", "forget", "framework", "load_framework", "plain_titles"]


def current_framework() -> FrameworkTree:
    """Return the framework in force, whole."""
    return framework(current_framework_id())
