"""The front door of learning records."""

from .selectors import statements_of

__all__ = ["statements_of"]
