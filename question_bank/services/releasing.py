"""Putting the bank into use: a release is what was published that day, frozen."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import get_default_timezone

from kernel.events import publish
from question_bank.events import BankReleased
from question_bank.interactions.building import WORDINGS
from question_bank.models import BankRelease, Item, ItemCalibration, ReleaseItem, Status, digest_of
from question_bank.statistics.trial import put_on_trial

PARAMETERS = ("discrimination", "difficulty", "guessing", "thresholds", "state")


@transaction.atomic
def publish_release(*, now: datetime) -> tuple[BankRelease, bool]:
    """Make what is published now the current release; return it, and whether it is another one than before."""
    put_on_trial()
    members = _members(now.astimezone(get_default_timezone()).date())
    digest = digest_of([[member.facets, str(member.item_version.uuid), _parameters(member)] for member in members])
    current = BankRelease.objects.select_for_update().filter(is_current=True).first()
    if current and current.digest == digest:
        return current, False
    release = BankRelease.objects.filter(digest=digest).first() or _create(digest, members, now)
    BankRelease.objects.filter(is_current=True).update(is_current=False)
    BankRelease.objects.filter(pk=release.pk).update(is_current=True)
    publish(BankReleased(aggregate=release.uuid, at=now, number=release.number, items=len(members)))
    return release, True


def _parameters(row: ItemCalibration | ReleaseItem) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PARAMETERS}


def _members(today: date) -> list[ReleaseItem]:
    """The published items in a stable order (their key), each with its parameters and what selection needs of it.

    One whose rule has ended (`valid_to`) is left out: nobody new is given it.
    """
    published = Item.objects.filter(status=Status.PUBLISHED).exclude(current_version__valid_to__lt=today)
    items = published.select_related("current_version").order_by("key")
    versions = [item.current_version_id for item in items]
    standard = ItemCalibration.objects.filter(variant="standard", item_version__in=versions).order_by("pk")
    calibrations = {row.item_version_id: row for row in standard}
    return [_member(position, item, calibrations) for position, item in enumerate(items)]


def _member(position: int, item: Item, calibrations: dict[int, ItemCalibration]) -> ReleaseItem:
    version = item.current_version
    if version is None:
        raise ValueError(f"{item.key} is published and has no version.")
    facets = _facets(item, version.content)
    return ReleaseItem(position=position, item_version=version, facets=facets, **_parameters(calibrations[version.pk]))


def _facets(item: Item, content: dict[str, Any]) -> dict[str, Any]:
    names: Iterable[str] = ("key", "competency", "capacity", "audiences", "professions", "enemies")
    return {
        **{name: getattr(item, name) for name in names},
        "cluster": item.cluster or item.capacity,
        "locales": [name for name in WORDINGS if name in content],
        "interaction": content["interaction"],
    }


def _create(digest: str, members: list[ReleaseItem], now: datetime) -> BankRelease:
    last = BankRelease.objects.order_by("-number").values_list("number", flat=True).first() or 0
    release = BankRelease.objects.create(number=last + 1, digest=digest, created_at=now)
    for member in members:
        member.release = release
    ReleaseItem.objects.bulk_create(members)
    return release
