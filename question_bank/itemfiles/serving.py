"""Whether the published items can carry what is offered: the engine's own verdict, from files, without a database.

Offers live in a higher room, which tells them here when it starts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from question_bank.adaptive import Blueprint, Pool, Shortfall, ShortfallKind, shortfalls

from .references import known_capacities

# Without these an attempt cannot be composed; the other kinds only make items come back more often.
UNSERVABLE = frozenset({ShortfallKind.LENGTH, ShortfallKind.DOMAIN, ShortfallKind.COMPETENCY})
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Offer:
    """Something people can take: its name, whom it is for, how it is composed."""

    key: str
    audience: str
    blueprint: Blueprint


_providers: list[Callable[[], Iterable[Offer]]] = []


def register_offers(provider: Callable[[], Iterable[Offer]]) -> None:
    """Let a higher room say what it offers (called once, when the application starts)."""
    if provider not in _providers:
        _providers.append(provider)


def serving(items: Sequence[Item]) -> Iterator[dict[str, Any]]:
    """Yield what the published items lack for each offer: assessment, kind, where, available, needed, is_servable."""
    published = [item for item in items if item["status"] == "published"]
    codes = list(known_capacities())
    offers = [offer for provider in _providers for offer in provider()] if published else []
    pool = _pool(published, codes) if offers else None
    for offer in offers:
        eligible = np.array([offer.audience in item["audiences"] for item in published], dtype=np.bool_)
        for one in shortfalls(pool, offer.blueprint, eligible=eligible) if pool else ():
            yield {
                "assessment": offer.key,
                "kind": one.kind.value,
                "where": _where(one, codes),
                "available": one.available,
                "needed": one.needed,
                "is_servable": one.kind not in UNSERVABLE,
            }


def told(one: Mapping[str, Any]) -> str:
    """Say a shortfall in a sentence."""
    place = f" in {one['where']}" if one["where"] else ""
    return f"{one['assessment']}: {one['available']} {one['kind']} items{place}; the blueprint needs {one['needed']}"


def _pool(items: Sequence[Item], codes: Sequence[str]) -> Pool:
    """Return a pool of which only the counts mean something."""
    domains = list(dict.fromkeys(_domain(code) for code in codes))
    clusters = {name: place for place, name in enumerate(sorted({_cluster(item) for item in items}))}
    return Pool.build(
        discrimination=np.ones(len(items)),
        difficulty=np.zeros(len(items)),
        competency=[codes.index(item["competency"]) for item in items],
        cluster=[clusters[_cluster(item)] for item in items],
        domain_of=[domains.index(_domain(code)) for code in codes],
    )


def _cluster(item: Item) -> str:
    return str(item.get("cluster") or item["capacity"])


def _domain(code: str) -> str:
    return code.partition(".")[0]


def _where(one: Shortfall, codes: Sequence[str]) -> str:
    if one.number is None:
        return ""
    domains = list(dict.fromkeys(_domain(code) for code in codes))
    return domains[one.number] if one.kind is ShortfallKind.DOMAIN else codes[one.number]
