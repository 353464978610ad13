"""Simulated people take an assessment with the engine in service: what the bank can measure, before anybody comes."""

from .running import simulate
from .sentences import sentences

__all__ = ["sentences", "simulate"]
