"""Writing, reviewing and retiring items in /cms/ (docs/decisions/0012-drafts-beside-versions.md)."""
