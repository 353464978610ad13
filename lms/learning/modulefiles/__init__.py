"""Module and journey files (docs/modules.md): reading them with their line numbers, their rules, writing them back."""
