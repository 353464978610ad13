"""``python -m benches answers``: how many answers per second, how soon, at what cost, and none of them lost."""

from .command import main

__all__ = ["main"]
