"""Item files (docs/items.md): reading them with their line numbers, the rules they hold, and writing them back."""
