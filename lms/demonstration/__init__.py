"""The demonstration: a small believable country, one account per role, and a strip to enter as each. Never in production."""
