"""Real servers for the suite, started by it in a temporary folder and stopped with it."""

from .postgresql import PostgreSQL
from .redis import Redis

__all__ = ["PostgreSQL", "Redis"]
