"""What each figure counts, in words: data/definitions/, the page that shows them, the link beside each figure."""

from .reading import Definition, Group, all_definitions, definition, groups, meaning

__all__ = ["Definition", "Group", "all_definitions", "definition", "groups", "meaning"]
