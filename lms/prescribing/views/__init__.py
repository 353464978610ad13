"""Pages of prescribing: of those who ask, of those who are asked."""
