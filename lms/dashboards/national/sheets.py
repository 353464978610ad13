"""The tables of the national pages: what is published, or why it is not."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ..tables import Column, Kind, Mask, Table
from .march import March, Place, unsaid

COUNTS = ("enrolled", "measured", "trained_measured", "trained_declared")
RESULTS = ("at_target", "ready")


def universities_table(march: March, places: Sequence[Place], at: datetime) -> Table:
    """Return the universities, and all together, which is more than their sum: some are told together only."""
    told, few = _apart(places)
    rows = [_row(place) for place in told]
    rows.append(_row(Place(0, "", _("Ensemble du pays"), march.whole)))
    note = _noted(few, _("L’ensemble compte aussi les groupes trop petits pour être dits un à un."))
    return Table("universities", _("Universités"), _columns(_("Université"), "university"), rows, at, note=note)


def programmes_table(march: March, places: Sequence[Place], at: datetime) -> Table:
    """Return the programmes of the country, with the hours and the competencies that their students have covered."""
    covered = march.snapshot.march.get("covered", {}) if march.snapshot else {}
    columns = [
        *_columns(_("Filière"), "programme"),
        Column("covered", _("Heures couvertes, en moyenne"), Kind.DECIMAL, "covered_national"),
        Column("hours", _("Heures du programme"), Kind.COUNT, "programme_hours"),
        Column("taught", _("Compétences vues en cours"), Kind.COUNT, "taught_competencies"),
    ]
    told, few = _apart(places, kept=covered)
    rows = [(*_row(place), *_covered(place, covered.get(str(place.pk)))) for place in told]
    note = _noted(
        few, _("Heures en ligne et en cours, à la demi-heure près, quand cinquante personnes au moins les font.")
    )
    return Table("programmes", _("Filières"), columns, rows, at, note=note)


def inside_table(place: Place, places: Sequence[Place], at: datetime) -> Table:
    """Return the programmes of a university, and all of it."""
    told, few = _apart(places)
    rows = [_row(one) for one in (*told, place)]
    return Table("programmes", _("Filières"), _columns(_("Filière"), "programme"), rows, at, note=_noted(few))


def years_table(march: March, at: datetime) -> Table:
    """Return those trained by academic year."""
    columns = [
        Column("year", _("Année universitaire"), definition="academic_year"),
        Column("trained_measured", _("Formés, mesurés"), Kind.COUNT, "trained_measured"),
        Column("trained_declared", _("Formés, déclarés"), Kind.COUNT, "trained_declared"),
        Column("certified", _("Certifiés"), Kind.COUNT, "certified"),
    ]
    rows = [(one["year"], *_trained(one), Mask.CLOSED) for one in march.years]
    return Table("years", _("Formés par année"), columns, rows, at)


def _trained(one: Mapping[str, Any]) -> Iterator[Any]:
    for name, measure in (("measured", "trained_measured"), ("declared", "trained_declared")):
        value, why = one[name], Mask(one["why"].get(measure, Mask.SMALL.value))
        yield unsaid(why) if value is None else value


def _apart(places: Sequence[Place], kept: Collection[str] = ()) -> tuple[list[Place], list[Place]]:
    """Return the places that have a row, and those of which every cell would say “none, or too few”, named once below.

    The one sentence says what the cells did: whether it is nobody or a few stays unsaid. `kept`: ids, as text, of
    places that have something else to tell.
    """
    few = [place for place in places if str(place.pk) not in kept and place.is_few(*COUNTS, *RESULTS)]
    return [place for place in places if place not in few], few


def _noted(few: Sequence[Place], note: str = "") -> str:
    """Return the note of a table, those without a row first."""
    if not few:
        return note
    is_demo = all(place.is_demo for place in few)
    names = ", ".join(place.title if is_demo else place.label for place in few)
    sentence = _("Aucun, ou trop peu, dans toutes les colonnes : %(names)s.") % {
        "names": f"{names} ({_('données de démonstration')})" if is_demo else names
    }
    return f"{sentence} {note}".strip()


def _columns(name: str, meaning: str) -> list[Column]:
    return [
        Column("name", name, definition=meaning),
        Column("enrolled", _("Inscrits"), Kind.COUNT, "enrolled"),
        Column("measured", _("Ont passé le test"), Kind.COUNT, "measured"),
        Column("trained_measured", _("Formés, mesurés"), Kind.COUNT, "trained_measured"),
        Column("trained_declared", _("Formés, déclarés"), Kind.COUNT, "trained_declared"),
        Column("certified", _("Certifiés"), Kind.COUNT, "certified"),
        Column("at_target", _("Au niveau cible"), Kind.PERCENT, "national_at_target"),
        Column("ready", _("Prêts"), Kind.PERCENT, "national_ready"),
    ]


def _row(place: Place) -> tuple[Any, ...]:
    counts = (place.cell(measure) for measure in COUNTS)
    return (place.label, *counts, Mask.CLOSED, *(place.cell(measure) for measure in RESULTS))


def _covered(place: Place, found: Any) -> tuple[Any, Any, Any]:
    if not found:
        return None, round(place.hours), None
    return found["online"] + found["class"], round(place.hours), int(found["competencies"])
