"""Every look, in the memory of the process: a page finds its own without asking the database.

Read anew when it is older than FRESH seconds, and at once in the process that changed one. While the database is away
the last known ones serve: a look never costs a page.
"""

import logging
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse

from themes.models import Look

from .sheet import colours, digest

logger = logging.getLogger(__name__)
FRESH = 30.0
RECIPE = "2"  # to change when sheet.py writes something else of the same colours and logo


@dataclass(frozen=True)
class Worn:
    """What pages show of a look."""

    key: str
    name: str
    brand: str
    wash: str
    contact: str
    website: str
    home_path: str
    welcomes: dict[str, str]
    logo_digest: str

    @property
    def has_logo(self) -> bool:
        """Say whether there is a logo to show."""
        return bool(self.logo_digest)

    @cached_property
    def digest(self) -> str:
        """Name the stylesheet by what it says."""
        return digest(RECIPE, colours(self.brand, self.wash), self.logo_digest)

    @cached_property
    def stylesheet(self) -> str:
        """Say where the stylesheet is: an address never has another content."""
        return reverse("look_sheet", args=[self.key, self.digest])

    def welcome(self, language: str) -> str:
        """Return the words of welcome in a language, in French when there are none in it."""
        return self.welcomes.get(language) or self.welcomes["fr"]


@dataclass
class Wardrobe:
    """The looks by key and by host name, and when they were read (seconds of the monotonic clock)."""

    by_key: dict[str, Worn] = field(default_factory=dict)
    by_host: dict[str, Worn] = field(default_factory=dict)
    read_at: float = float("-inf")


_kept = Wardrobe()


def wardrobe() -> Wardrobe:
    """Return the looks: one statement every FRESH seconds, per process."""
    global _kept
    if time.monotonic() - _kept.read_at >= FRESH:
        try:
            _kept = _read()
        except (DatabaseError, InterfaceError):
            logger.warning("looks cannot be read: the last known ones serve", exc_info=True)
            _kept = Wardrobe(_kept.by_key, _kept.by_host, time.monotonic())
    return _kept


def last_known() -> Wardrobe:
    """Return the looks as they were last read: for error pages, which ask nothing of the database."""
    return _kept


def _read() -> Wardrobe:
    found = Wardrobe(read_at=time.monotonic())
    for row in Look.objects.defer("logo"):
        worn = as_worn(row)
        found.by_key[row.key] = worn
        found.by_host.update(dict.fromkeys(row.hosts, worn))
    return found


def as_worn(row: Look) -> Worn:
    """Return what pages show of `row`, saved or not."""
    return Worn(
        key=row.key,
        name=row.name,
        brand=row.brand,
        wash=row.wash,
        contact=row.contact,
        website=row.website,
        home_path=row.home_path,
        welcomes={"fr": row.welcome, "en": row.welcome_en},
        logo_digest=row.logo_digest,
    )


def keep(found: Wardrobe) -> None:
    """Take `found` for what there is, until it is no longer fresh."""
    global _kept
    _kept = found


@receiver([post_save, post_delete], sender=Look, dispatch_uid="themes.looks.wardrobe")
def forget(**kwargs: Any) -> None:
    """Read the looks again at the next page: one has changed."""
    _kept.read_at = float("-inf")
