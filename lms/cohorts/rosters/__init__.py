"""Rosters: the lists of students that institutions send, read, checked, reconciled with who is known, applied."""
