"""The certification: what it will be, said plainly until it opens."""
