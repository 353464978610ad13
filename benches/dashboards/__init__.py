"""``python -m benches dashboards``: what a page of figures costs, however much was answered."""

from .command import main

__all__ = ["main"]
