"""Spaced review: what a person missed comes back when they are about to forget it, three minutes a day at most."""
