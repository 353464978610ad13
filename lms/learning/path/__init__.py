"""From a profile to a path: which module first, and why (docs/path-and-review.md)."""

from .advice import PathStep, next_modules, path_of, register

__all__ = ["PathStep", "next_modules", "path_of", "register"]
