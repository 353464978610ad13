"""The team of an institution: who holds which role there, until when, and who is invited."""
