"""Measurements, always beside those of peers in the same run."""
