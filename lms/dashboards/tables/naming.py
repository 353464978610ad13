"""The names of files and of sheets."""

import re

from django.utils import timezone
from django.utils.text import slugify

from .types import Table

LONGEST_SHEET = 31  # what spreadsheets allow


def file_name(table: Table, extension: str) -> str:
    """Return a name that says what the file holds and the day of its data."""
    return f"{slugify(table.title) or table.key}-{timezone.localtime(table.as_of):%Y-%m-%d}.{extension}"


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet: some signs are not allowed, nor an apostrophe at either end."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:LONGEST_SHEET].strip(" '") or "Socle"
