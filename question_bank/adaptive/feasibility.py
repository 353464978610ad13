"""Whether a pool can carry a blueprint: said before the first attempt, not discovered by the last."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .arrays import Flags
from .blueprint import Blueprint
from .exposure import HEADROOM, LEAST_LIMIT
from .pool import Pool


class ShortfallKind(StrEnum):
    """What a pool lacks; stable values."""

    LENGTH = "length"
    EXPOSURE = "exposure"
    DOMAIN = "domain"
    COMPETENCY = "competency"
    CLUSTERS = "clusters"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing missing: ``number`` is the domain or competency concerned, if any; counts are items (or clusters)."""

    kind: ShortfallKind
    available: int
    needed: int
    number: int | None = None


def shortfalls(pool: Pool, blueprint: Blueprint, *, eligible: Flags | None = None) -> tuple[Shortfall, ...]:
    """Return everything the eligible operational items (bool[n]) lack to serve the blueprint; empty when it can be
    served.

    EXPOSURE: fewer than 1.3 × length ÷ .25 items, so that r_max has to rise above .25.
    """
    usable = ~pool.is_pretest if eligible is None else ~pool.is_pretest & eligible
    size, length = int(usable.sum()), blueprint.length_max
    clusters = int(np.unique(pool.cluster[usable]).size) if blueprint.one_per_cluster else length
    found = [
        Shortfall(ShortfallKind.LENGTH, size, length),
        Shortfall(ShortfallKind.EXPOSURE, size, round(np.ceil(HEADROOM * length / LEAST_LIMIT - 1e-9))),
        Shortfall(ShortfallKind.CLUSTERS, clusters, length),
        *_by_content(pool, blueprint, usable),
    ]
    return tuple(shortfall for shortfall in found if shortfall.available < shortfall.needed)


def _by_content(pool: Pool, blueprint: Blueprint, usable: Flags) -> list[Shortfall]:
    by_competency = np.bincount(pool.competency[usable], minlength=pool.domain_of.size)
    by_domain = np.bincount(pool.domain_of[pool.competency[usable]], minlength=pool.domain_count)
    return [
        Shortfall(ShortfallKind.DOMAIN, int(count), blueprint.domain_minimum(d), d) for d, count in enumerate(by_domain)
    ] + [
        Shortfall(ShortfallKind.COMPETENCY, int(count), blueprint.minimum_per_competency, k)
        for k, count in enumerate(by_competency)
    ]
