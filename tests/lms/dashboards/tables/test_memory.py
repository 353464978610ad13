"""A file costs the same memory whatever it holds."""

import gc
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lms.dashboards.tables import Column, Table
from lms.dashboards.tables.responding import WRITERS

AT = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
COLUMNS = (Column("name", "Nom"), Column("count", "Inscrits", "count"), Column("share", "Part", "percent"))
FLAT = 6_000_000  # bytes more for a hundred times the rows
STATUS = Path("/proc/self/statm")


def resident() -> int:
    return int(STATUS.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def table(count: int, watch: Callable[[], None] = lambda: None) -> Table:
    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(count):
            if number % 1_000 == 0:
                watch()
            yield f"Étudiante {number}", number, number / count

    return Table("t", "Tableau", COLUMNS, rows, AT)


def growth(write: Callable[[Table], Any], count: int) -> int:
    gc.collect()
    before, most = resident(), 0

    def watch() -> None:
        nonlocal most
        most = max(most, resident())

    for _piece in write(table(count, watch)):
        pass
    watch()
    return most - before


@pytest.mark.parametrize("kind", list(WRITERS))
def test_memory_is_flat(kind: str) -> None:
    write = WRITERS[kind][0]
    growth(write, 1_000)
    assert growth(write, 100_000) - growth(write, 1_000) < FLAT


def test_rows_kept_in_a_list_would_be_seen() -> None:
    assert growth(list, 400_000) > FLAT  # memory that was freed before may serve again: more rows than it can hold
