"""Citizens and those who accompany them."""
