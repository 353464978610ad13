"""One concern per file; `base` gathers them."""
