"""Simulations: a scenario in data, played by gestures in a small environment, scored on the state reached.

Everything is a fold: the same scenario and the same gestures always give the same state (docs/simulations.md).
"""

from .interaction import Simulation

__all__ = ["Simulation"]
