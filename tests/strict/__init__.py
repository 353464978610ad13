"""What makes the suite stricter than production, one concern per file; tests/conftest.py gathers them."""
