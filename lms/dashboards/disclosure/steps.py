"""From one publication to the next: a parcel changes when k people do, else what was said stays, with its date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .counts import Count, is_change_safe
from .parcels import Key, Parcel


@dataclass(frozen=True)
class Told:
    """A parcel as it was published, on `day`."""

    parcel: Parcel
    day: date


def advance(before: Sequence[Told], now: Sequence[Parcel], *, k: int, day: date) -> list[Told]:
    """Return what to publish after `before`, the parcels being `now`.

    Parcels that share cells are settled together: those that were split or joined are told anew when the people in all
    of them changed enough; where old and new ones cross, they are told as one, for a crossing would cut out a few.
    """
    found: list[Told] = []
    for old, new in _tied(before, now):
        found += _settled(old, new, k=k, day=day)
    return sorted(found, key=lambda told: sorted(told.parcel.members))


def _settled(old: list[Told], new: list[Parcel], *, k: int, day: date) -> list[Told]:
    if not new:
        return old
    if old:
        was = Count.total(told.parcel.count for told in old)
        if not is_change_safe(Count.total(parcel.count for parcel in new) - was, k=k):
            return old
        if len(old) > 1 and len(new) > 1:
            new = [_joined(new)]
    return [Told(parcel, day) for parcel in new]


def _joined(parcels: Iterable[Parcel]) -> Parcel:
    known = list(parcels)
    members = frozenset[Key]().union(*(parcel.members for parcel in known))
    small = frozenset[int]().union(*(parcel.small for parcel in known))
    return Parcel(members, Count.total(parcel.count for parcel in known), small)


def _tied(before: Sequence[Told], now: Sequence[Parcel]) -> list[tuple[list[Told], list[Parcel]]]:
    """Return old and new parcels, those that share cells together."""
    groups: list[tuple[set[Key], list[Told], list[Parcel]]] = []
    for told in before:
        groups.append((set(told.parcel.members), [told], []))
    for parcel in now:
        met = [group for group in groups if group[0] & parcel.members]
        groups = [group for group in groups if not group[0] & parcel.members]
        cells = set(parcel.members).union(*(group[0] for group in met))
        groups.append((cells, [told for group in met for told in group[1]], [*_all(met), parcel]))
    return [(old, new) for _cells, old, new in groups]


def _all(groups: Iterable[tuple[set[Key], list[Told], list[Parcel]]]) -> list[Parcel]:
    return [parcel for group in groups for parcel in group[2]]
