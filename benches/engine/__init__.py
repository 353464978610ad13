"""``python -m benches engine``: precision, exposure and speed of the adaptive engine beside its peers."""

from .command import main

__all__ = ["main"]
