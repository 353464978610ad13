"""Counting how often items are served, and moving their prices: read and written once, whatever number of attempts."""

from collections.abc import Sequence

import numpy as np
from django.db import transaction

from question_bank import selectors
from question_bank.adaptive import CAP, STEP, update_prices
from question_bank.models import ItemExposure
from question_bank.types import Exposures

WRITTEN = ("served", "finished", "price")


@transaction.atomic
def record_exposure(*, release_id: int, sittings: Sequence[Exposures], eta: float = STEP, cap: float = CAP) -> None:
    """After finished attempts, in order: count them for the items they could draw, and move the prices of these."""
    rows = _locked_rows(release_id)
    price = np.array([row.price for row in rows])
    served, finished = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    for sitting in sittings:
        used, drawable = list(sitting.used), np.array(sitting.eligible, dtype=np.bool_)
        drawable[used] = True
        price = update_prices(price, used=used, eligible=drawable, r_max=sitting.limit, eta=eta, cap=cap)
        served[used] += 1
        finished += drawable
    _write([_moved(rows[i], int(served[i]), int(finished[i]), float(price[i])) for i in np.flatnonzero(finished)])
    transaction.on_commit(selectors.forget_prices)


def _locked_rows(release_id: int) -> list[ItemExposure]:
    """Return the row of each place in the release, locked in one order: two workers never wait for each other."""
    items = [entry.item_id for entry in selectors.release(release_id).entries]
    known = {
        row.item_id: row for row in ItemExposure.objects.select_for_update().filter(item__in=items).order_by("item")
    }
    return [known.get(item) or ItemExposure(item_id=item) for item in items]


def _moved(row: ItemExposure, served: int, finished: int, price: float) -> ItemExposure:
    """Return the row as it becomes, without its id: what is written finds it by its item."""
    return ItemExposure(item_id=row.item_id, served=row.served + served, finished=row.finished + finished, price=price)


def _write(rows: list[ItemExposure]) -> None:
    ItemExposure.objects.bulk_create(rows, update_conflicts=True, unique_fields=["item"], update_fields=WRITTEN)
