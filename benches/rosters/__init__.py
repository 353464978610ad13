"""Rosters: how long a list of 10,000 students takes, and how much memory."""

from .command import main

__all__ = ["main"]
