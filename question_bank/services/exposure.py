"""Counting how often items are served, and moving their prices: one statement per finished attempt."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Case, F, FloatField, Value, When
from django.db.models.functions import Greatest, Least

from question_bank import selectors
from question_bank.adaptive import CAP, STEP
from question_bank.models import ItemExposure


def record_exposure(
    *,
    release_id: int,
    used: Sequence[int],
    eligible: Iterable[object],
    limit: float,
    eta: float = STEP,
    cap: float = CAP,
) -> None:
    """After a finished attempt: count it for the items it could draw, and ask a little more of those it used.

    `used`: places in the release; `eligible`: for each place, whether it could be drawn.
    price ← min(cap, max(0, price + eta (used − limit))), as adaptive.exposure says.
    """
    entries = selectors.release(release_id).entries
    served = [entries[place].item_id for place in used]
    could = [entry.item_id for entry, is_eligible in zip(entries, eligible, strict=True) if is_eligible]
    is_used = When(item_id__in=served, then=Value(1))
    moved = F("price") + Value(eta) * (Case(is_used, default=Value(0), output_field=FloatField()) - Value(limit))
    ItemExposure.objects.filter(item_id__in={*could, *served}).update(
        finished=F("finished") + 1,
        served=F("served") + Case(is_used, default=Value(0)),
        price=Least(Value(cap), Greatest(Value(0.0), moved), output_field=FloatField()),
    )
    transaction.on_commit(selectors.forget_prices)
