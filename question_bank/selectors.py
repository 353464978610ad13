"""Reading the bank. Versions and releases never change, so a process reads each one once."""

import time
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from .errors import NoRelease
from .interactions import ItemContent, build_content
from .models import BankRelease, ItemExposure, ItemVersion, ReleaseItem
from .types import Release, ReleaseEntry

Prices = NDArray[np.float64]
PRICES_LAST = 5.0  # seconds: prices move by a hair per finished attempt, an answer must not pay a query for them
CONTENTS_KEPT = 8192
_prices: dict[int, tuple[float, Prices]] = {}
_contents: dict[int, ItemContent] = {}


def current_release_id() -> int:
    """Return the id of the release new attempts draw from. Raises NoRelease before the first load."""
    found = BankRelease.objects.filter(is_current=True).order_by("pk").values_list("pk", flat=True).first()
    if found is None:
        raise NoRelease()
    return found


@lru_cache(maxsize=8)
def release(release_id: int) -> Release:
    """Return a release, whole. Raises NoRelease when there is no such one."""
    row = BankRelease.objects.filter(pk=release_id).first()
    if row is None:
        raise NoRelease()
    rows = row.items.order_by("position").select_related("item_version").defer("item_version__content")
    found = list(rows)
    indices = {item.facets["key"]: index for index, item in enumerate(found)}
    foes = _foes(found, indices)
    entries = tuple(_entry(item, tuple(sorted(foes[index]))) for index, item in enumerate(found))
    by_version = MappingProxyType({entry.item_version_id: index for index, entry in enumerate(entries)})
    return Release(id=row.pk, number=row.number, entries=entries, index_of_version=by_version)


def _foes(rows: list[ReleaseItem], indices: dict[str, int]) -> list[set[int]]:
    """Enemies both ways; one that is not in the release is nobody's enemy."""
    foes: list[set[int]] = [set() for _ in rows]
    for index, row in enumerate(rows):
        for key in row.facets["enemies"]:
            if key in indices:
                foes[index].add(indices[key])
                foes[indices[key]].add(index)
    return foes


def _entry(row: ReleaseItem, enemies: tuple[int, ...]) -> ReleaseEntry:
    facets, version = row.facets, row.item_version
    return ReleaseEntry(
        item_id=version.item_id,
        item_version_id=version.pk,
        version_uuid=str(version.uuid),
        key=facets["key"],
        competency=facets["competency"],
        capacity=facets["capacity"],
        cluster=facets["cluster"],
        domain=facets["competency"].partition(".")[0],
        audiences=tuple(facets["audiences"]),
        professions=tuple(facets["professions"]),
        locales=tuple(facets["locales"]),
        interaction=facets["interaction"],
        discrimination=row.discrimination,
        difficulty=row.difficulty,
        guessing=row.guessing,
        thresholds=tuple(row.thresholds),
        state=row.state,
        enemies=enemies,
    )


def item_content(item_version_id: int) -> ItemContent:
    """Return a version ready to be asked. Raises ItemVersion.DoesNotExist."""
    if item_version_id not in _contents:
        row = ItemVersion.objects.select_related("item").get(pk=item_version_id)
        if len(_contents) >= CONTENTS_KEPT:
            _contents.clear()
        _contents[item_version_id] = _content(row)
    return _contents[item_version_id]


def read_contents(bank: Release) -> None:
    """Read all the items of a release at once: a process that does so when it starts never makes an answer wait."""
    versions = ItemVersion.objects.filter(pk__in=ReleaseItem.objects.filter(release_id=bank.id).values("item_version"))
    _contents.update({row.pk: _content(row) for row in versions.select_related("item")})


def _content(row: ItemVersion) -> ItemContent:
    return build_content(
        version_uuid=UUID(str(row.uuid)),
        key=row.item.key,
        data=row.content,
        valid_from=row.valid_from,
        review_by=row.review_by,
    )


def exposure_prices(bank: Release) -> Prices:
    """Return the price of each item of a release, by its place: float64[n], read-only, five seconds old at most."""
    known = _prices.get(bank.id)
    if known and known[0] > time.monotonic():
        return known[1]
    rows = dict(ItemExposure.objects.order_by("pk").values_list("item_id", "price"))
    prices = np.array([rows.get(entry.item_id, 0.0) for entry in bank.entries], dtype=np.float64)
    prices.flags.writeable = False
    _prices[bank.id] = (time.monotonic() + PRICES_LAST, prices)
    return prices


def forget_prices() -> None:
    """Read the prices again next time."""
    _prices.clear()


def forget() -> None:
    """Drop all that this process remembers (between tests)."""
    release.cache_clear()
    _contents.clear()
    forget_prices()
