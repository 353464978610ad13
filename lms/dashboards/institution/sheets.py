"""The tables of an institution's page: raw values, the same on the screen and in files."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..cohort.standing import Share
from ..tables import Column, Kind, Mask, Table
from .reading import Seen
from .standing import Line


def cohorts_table(seen: Seen, lines: Iterable[Line]) -> Table:
    """Return the cohorts side by side."""
    rows = [_result(line) for line in lines]
    return _table(seen, "cohorts", _("Cohortes"), _results(_("Cohorte"), "cohort"), rows, _of_whom())


def programmes_table(seen: Seen, lines: Iterable[Line]) -> Table:
    """Return the programmes side by side; each person counts once in a programme."""
    rows = [_result(line) for line in lines]
    return _table(seen, "programmes", _("Filières"), _results(_("Filière"), "programme"), rows, _of_whom())


def institutes_table(seen: Seen, lines: Sequence[Line], whole: Line) -> Table:
    """Return the institution alone, those attached to it, and all together, where each person counts once."""
    columns = [Column("name", _("Établissement"), definition="institution"), *_counts()]
    rows = [(line.label, *_counted(line)) for line in lines]
    together = (_("Ensemble, chacun compté une fois"), *_counted(whole))
    return _table(seen, "institutes", _("Établissement et instituts rattachés"), columns, [*rows, together])


def weeks_table(seen: Seen, weeks: Sequence[dict[str, Any]]) -> Table:
    """Return the shares by week, those of earlier weeks included."""
    columns = [
        Column("week", _("Semaine du"), Kind.DATE, "week"),
        Column("measured", _("Ont passé le test"), Kind.PERCENT, "measured_to_date"),
        Column("trained", _("Formés"), Kind.PERCENT, "trained_to_date"),
        Column("national", _("National, test"), Kind.PERCENT, "national_measured"),
    ]
    rows = [(week["monday"], week["measured"], week["trained"], week["national"]) for week in weeks]
    note = _("Part des inscrits, cumulée de semaine en semaine ; un test refait compte à sa première date.")
    return _table(seen, "weeks", _("Semaine par semaine"), columns, rows, note)


def _table(seen: Seen, key: str, title: str, columns: Sequence[Column], rows: list[Any], note: str = "") -> Table:
    chosen = seen.chosen
    asked = [
        (_("Établissement"), seen.house.institution.name),
        (_("Année"), chosen.year or _("Toutes les années")),
        (_("Filière"), next((one.programme.title for one in chosen.shown if chosen.programme), "")),
        (_("Cohorte"), chosen.cohort.name if chosen.cohort else ""),
    ]
    filters = [(name, value) for name, value in asked if value]
    return Table(key, title, columns, rows, seen.as_of, note=note, filters=filters)


def _of_whom() -> str:
    return _("« Au niveau cible » et « Prêts » portent sur les étudiants mesurés qui partagent.")


def _counts() -> list[Column]:
    return [
        Column("enrolled", _("Inscrits"), Kind.COUNT, "enrolled"),
        Column("measured", _("Ont passé le test"), Kind.COUNT, "measured"),
        Column("trained_measured", _("Formés, mesurés"), Kind.COUNT, "trained_measured"),
        Column("trained_declared", _("Formés, déclarés"), Kind.COUNT, "trained_declared"),
        Column("certified", _("Certifiés"), Kind.COUNT, "certified"),
    ]


def _results(name: str, meaning: str) -> list[Column]:
    return [
        Column("name", name, definition=meaning),
        *_counts(),
        Column("shared", _("Mesurés qui partagent"), Kind.COUNT, "shared_measured"),
        Column("target", _("Au niveau cible"), Kind.PERCENT, "at_target"),
        Column("target_low", _("au moins"), Kind.PERCENT, "interval"),
        Column("target_high", _("au plus"), Kind.PERCENT, "interval"),
        Column("ready", _("Prêts"), Kind.PERCENT, "ready"),
        Column("online", _("Heures en ligne"), Kind.DECIMAL, "online_hours"),
        Column("class", _("Heures de cours"), Kind.DECIMAL, "class_hours"),
        Column("covered", _("Programme couvert"), Kind.PERCENT, "hours"),
    ]


def _counted(line: Line) -> tuple[Any, ...]:
    found = line.figures
    return found.enrolled, found.measured, found.trained_measured, found.trained_declared, Mask.CLOSED


def _result(line: Line) -> tuple[Any, ...]:
    results = (line.figures.shared_measured, *_ends(line.target), line.ready.value)
    hours = (line.online_hours, line.class_hours, line.covered)
    return (line.label, *_counted(line), *results, *hours)


def _ends(share: Share) -> tuple[Any, Any, Any]:
    if share.value is None:
        return (None,) * 3
    return share.value, share.low / 100, share.high / 100
