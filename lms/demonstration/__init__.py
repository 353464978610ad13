"""The demonstration: a small country, one account per role, a strip to enter as each. Never in production."""
