"""The names of files and of sheets."""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.text import slugify

LONGEST_SHEET = 31  # what spreadsheets allow


def file_name(title: str, as_of: datetime, extension: str) -> str:
    """Return a name that says what the file holds and the day of its data."""
    return f"{slugify(title) or 'socle'}-{timezone.localtime(as_of):%Y-%m-%d}.{extension}"


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet: some signs are not allowed, nor an apostrophe at either end."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:LONGEST_SHEET].strip(" '") or "Socle"
