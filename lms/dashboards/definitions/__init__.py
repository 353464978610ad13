"""What each figure counts, in words: data/definitions.yaml, the page that shows them, the link beside each figure."""

from .reading import Definition, all_definitions, definition

__all__ = ["Definition", "all_definitions", "definition"]
