"""The bank knows itself: what answers say of items, what the bank covers, what is reported (docs/statistics.md)."""
