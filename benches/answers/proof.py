"""Afterwards: every acknowledged answer against the database."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import psycopg

from .house import OnPostgreSQL, OnSQLite, Store
from .messages import Acknowledged

QUERY = """
SELECT attempt.token, response.position, response.key, response.payload_digest
FROM assessments_response response JOIN assessments_attempt attempt ON attempt.id = response.attempt_id
ORDER BY response.attempt_id, response.position
"""
Row = tuple[str, int, str, str]


@dataclass(frozen=True)
class Proof:
    """How many answers were acknowledged, and what is wrong with those on disk."""

    acknowledged: int
    lost: int  # acknowledged, and not there, or not as it was sent
    doubled: int  # there more than once
    gaps: int  # attempts whose positions are not 1, 2, 3… in the order of the acknowledgements

    @property
    def faults(self) -> int:
        return self.lost + self.doubled + self.gaps


def prove(store: Store, acknowledged: Sequence[Acknowledged]) -> Proof:
    """Compare what takers were told with what is on disk."""
    mine = {answer.token for answer in acknowledged}
    rows = [row for row in _rows(store) if row[0] in mine]
    return compared(acknowledged, rows)


def compared(acknowledged: Sequence[Acknowledged], rows: Sequence[Row]) -> Proof:
    """Return what differs; rows that nobody was told of (the reply was cut) are no fault, in their place."""
    kept = Counter((token, key, digest) for token, _, key, digest in rows)
    told = [(answer.token, answer.key, answer.digest) for answer in acknowledged]
    return Proof(
        acknowledged=len(told),
        lost=sum(not kept[answer] for answer in told),
        doubled=sum(count - 1 for count in Counter((token, key) for token, _, key, _ in rows).values()),
        gaps=_gaps(told, rows),
    )


def _gaps(told: Iterable[tuple[str, str, str]], rows: Iterable[Row]) -> int:
    positions, places, order = defaultdict(list), {}, defaultdict(list)
    for token, position, key, _ in rows:
        positions[token].append(position)
        places[token, key] = position
    for token, key, _ in told:
        order[token].append(places.get((token, key), 0))
    return sum(
        found != list(range(1, len(found) + 1)) or order[token] != sorted(order[token])
        for token, found in positions.items()
    )


def _rows(store: Store) -> list[Row]:
    match store:
        case OnPostgreSQL():
            with psycopg.connect(store.url) as connection:
                return connection.execute(QUERY).fetchall()
        case OnSQLite():
            with sqlite3.connect(store.path) as connection:
                return connection.execute(QUERY).fetchall()
    raise TypeError(store.name)
