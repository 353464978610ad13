"""``python -m benches pages``: what each kind of page costs to open: elements, requests, bytes, time to first byte."""

from .command import main

__all__ = ["main"]
