"""Where simulated people sit: the setting of an assessment, with prices and, sometimes, items of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from competencies import api as competencies
from question_bank import adaptive
from question_bank import api as bank

from .. import delivery
from ..models import Assessment, Attempt


@dataclass(frozen=True, eq=False)
class House(delivery.Setting):
    """The production setting, but that its exposure prices start at nothing and belong to this simulation."""

    charges: NDArray[np.float64]
    limit: float

    def prices(self) -> NDArray[np.float64]:
        """Return what each item's exposure costs now, in this simulation."""
        return self.charges

    def charge(self, used: list[int]) -> None:
        """Move the prices after a finished attempt."""
        usable = self.eligible & ~self.pool.is_pretest
        self.charges[:] = adaptive.update_prices(self.charges, used=used, eligible=usable, r_max=self.limit)


@dataclass(frozen=True)
class NewItem:
    """An item that does not exist yet."""

    competency: int
    discrimination: float
    difficulty: float
    guessing: float
    is_single_choice: bool


def house_of(offer: Assessment) -> House:
    """Return where simulated people take `offer`, on the current release. Raises NoRelease."""
    attempt = Attempt(
        assessment=offer,
        bank_release_id=bank.current_release_id(),
        framework_id=competencies.current_framework_id(),
    )
    here = delivery.setting(attempt)
    known: dict[str, Any] = {field.name: getattr(here, field.name) for field in fields(delivery.Setting)}
    size = int((here.eligible & ~here.pool.is_pretest).sum())
    limit = adaptive.exposure_limit(here.blueprint.length_max, size) if size else 1.0
    return House(**known, charges=np.zeros(here.pool.size), limit=max(limit, offer.blueprint.exposure_limit))


def emptied(here: House) -> House:
    """Return the same house before anybody came."""
    return replace(here, charges=np.zeros(here.pool.size))


def extended(here: House, items: list[NewItem]) -> House:
    """Return the house with more items, each in a cluster of its own; the limit of exposure stays."""
    more = len(items)
    return replace(
        here,
        pool=_pool(here.pool, items),
        eligible=np.append(here.eligible, np.ones(more, dtype=np.bool_)),
        is_single_choice=np.append(here.is_single_choice, [item.is_single_choice for item in items]),
        charges=np.zeros(here.pool.size + more),
    )


def pool_of(here: House, items: list[NewItem]) -> adaptive.Pool:
    """Return a pool of these items alone: to see what they tell, not to serve them."""
    return adaptive.Pool.build(
        discrimination=[item.discrimination for item in items],
        difficulty=[item.difficulty for item in items],
        guessing=[item.guessing for item in items],
        competency=[item.competency for item in items],
        domain_of=here.pool.domain_of,
        shortlist_length=1,
    )


def _pool(pool: adaptive.Pool, items: list[NewItem]) -> adaptive.Pool:
    return adaptive.Pool.build(
        discrimination=np.append(pool.discrimination, [item.discrimination for item in items]),
        difficulty=np.append(pool.difficulty, [item.difficulty for item in items]),
        guessing=np.append(pool.guessing, [item.guessing for item in items]),
        competency=np.append(pool.competency, [item.competency for item in items]),
        cluster=np.append(pool.cluster, pool.cluster_count + np.arange(len(items))),
        domain_of=pool.domain_of,
        is_pretest=np.append(pool.is_pretest, np.zeros(len(items), dtype=np.bool_)),
        enemies=pool.enemies,
        graded={i: pool.thresholds[i, :top].tolist() for i, top in enumerate(pool.top_score.tolist()) if top > 1},
    )
