"""What a snapshot counts, university by programme: one statement over what is folded, so that all of it agrees."""

from collections import defaultdict

from ..disclosure import Count, Key
from ..models import Rollup
from ..rollups.cells import TOTAL
from ..rollups.folding import fold_all
from ..rollups.places import ALL_YEARS, Kind

# Measure: of whom it is told.
COUNTS = {
    "enrolled": "enrolled",
    "claimed": "enrolled",
    "begun": "enrolled",
    "measured": "enrolled",
    "trained_measured": "enrolled",
    "trained_declared": "enrolled",
    "certified": "enrolled",
}
RESULTS = {"at_target": "measured", "ready": "measured"}
MEASURES = COUNTS | RESULTS
LEFT = 0  # the row, or the column, of what the others leave: people counted once here and twice there, or nowhere
Values = dict[tuple[int, int], dict[str, int]]


def tables() -> dict[str, dict[Key, Count]]:
    """Return {measure: {(university, programme): count}}; the cells of a row sum to it, those of all to the country."""
    cells, rows, country = _read()
    for (row, _column), values in list(cells.items()):
        _take_away(rows[row, LEFT], values)
    for key, values in list(rows.items()):
        cells[key] = values
    whole = defaultdict(int, country)
    for values in cells.values():
        _take_away(whole, values)
    cells[LEFT, LEFT] = whole
    return {name: {key: _count(values, name, of) for key, values in cells.items()} for name, of in MEASURES.items()}


def _count(values: dict[str, int], name: str, of: str) -> Count:
    return Count(values.get(name, 0), values.get(of, 0))


def _take_away(values: dict[str, int], others: dict[str, int]) -> None:
    for name, value in others.items():
        values[name] = values.get(name, 0) - value


def _read() -> tuple[Values, Values, dict[str, int]]:
    """Return figures of all years, where a person counts once: by programme of a university, by university, in all."""
    fold_all()
    found = Rollup.objects.filter(
        kind__in=[Kind.UNIVERSITY_PROGRAMME, Kind.UNIVERSITY, Kind.NATIONAL],
        academic_year=ALL_YEARS,
        week_date=TOTAL,
        code="",
        measure__in=sorted({*MEASURES, *MEASURES.values()}),
    ).order_by()
    cells: Values = defaultdict(lambda: defaultdict(int))
    rows: Values = defaultdict(lambda: defaultdict(int))
    country: dict[str, int] = {}
    places = {Kind.UNIVERSITY_PROGRAMME: cells, Kind.UNIVERSITY: rows}
    for kind, place, programme, measure, value in found.values_list(
        "kind", "scope_id", "programme_id", "measure", "value"
    ):
        target = country if kind == Kind.NATIONAL else places[Kind(kind)][place, programme]
        target[measure] = value
    return cells, rows, country
