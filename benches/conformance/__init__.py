"""How much of what others publish as examples of their formats is read: `./bench conformance --suite PATH`."""

from .command import main

__all__ = ["main"]
