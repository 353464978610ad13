"""How a setting is read from the environment. A missing secret stops the start with a sentence."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(os.environ.get("SOCLE_VAR", BASE_DIR / "var"))


def required(name: str, what: str) -> str:
    """Return the variable `name`, or stop saying `what` it is."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {what}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated variable `name` as a list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
