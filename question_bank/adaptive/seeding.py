"""Reproducible draws: the same seed and position always give the same choice, on every machine and version."""

from __future__ import annotations

WORD = (1 << 64) - 1


def pick(count: int, seed: int, position: int) -> int:
    """Return a number in [0, count) from a seed and a position (SplitMix64; Steele, Lea & Flood 2014)."""
    word = (seed * 0x9E3779B97F4A7C15 + (position + 1) * 0xD1B54A32D192ED03) & WORD
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & WORD
    return (word ^ (word >> 31)) % count
