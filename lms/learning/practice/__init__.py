"""Practice inside steps: where a form came from, and what a signed-in reader leaves of it."""

from .keeping import Place, keep_practice

__all__ = ["Place", "keep_practice"]
