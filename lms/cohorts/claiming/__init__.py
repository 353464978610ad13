"""Claiming one's place: a letter, a university address, or a cohort's code with one's student number."""
