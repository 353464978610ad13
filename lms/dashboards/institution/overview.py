"""The page of an institution: where are we, what to teach next, whom to help. Figures in, words and pictures out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.formats import number_format as number
from django.utils.translation import gettext as _

from competencies.api import current_framework
from competencies.types import FrameworkTree
from lms.cohorts.api import Cohort, year_bounds
from themes import pictures

from ..cohort.overview import FEW_NATIONALLY, levels_of, national
from ..cohort.rules import rules
from ..cohort.sheets import levels_sheet
from ..cohort.standing import Share
from ..cohort.teaching import Standing, gaps, weights
from ..figures import Figures
from ..rollups.rules import rules as rollup_rules
from ..tables import Table
from ..templatetags.figures import read
from .advising import next_step
from .asked import Asked
from .filters import filters_of
from .reading import Seen
from .sheets import cohorts_table, institutes_table, programmes_table, weeks_table
from .standing import Line, mean_hours
from .trend import running_shares

PAGE = 20  # cohorts on the screen: with programmes and institutes beside them, a page may hold no more
INSTITUTES = 10
PRINTED = 50
HELPED = 5
WEEKS = 16
TOPS = (0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8, 1.0)  # ends of a scale of shares: a quarter of each is whole
NOWHERE = str(UUID(int=0))


def page_of(seen: Seen, asked: Asked, *, language: str, is_printed: bool = False) -> dict[str, Any]:
    """Return everything the page says, from figures that were read already; on paper, lists are cut further on."""
    whole = whole_line(seen)
    country = national(seen.chosen.year)
    cohorts = cohort_lines(seen)
    page = Paginator(cohorts, PRINTED if is_printed else PAGE).get_page(asked.page)
    framework = current_framework()
    tables, levels = tables_of(seen, country, cohorts), levels_of(seen.whole, framework, language)
    shown_cohorts, helped = cohorts_table(seen, page.object_list), to_help(cohorts)
    said = read(shown_cohorts)
    gaps = gaps_of(seen.whole, framework, language)
    return {
        "institution": seen.house.institution,
        "chosen": seen.chosen,
        "filters": filters_of(seen.house, seen.chosen),
        "as_of": seen.as_of,
        "fresh": seen.fresh,
        "figures": seen.whole,
        "whole": whole,
        "country": _beside(country),
        "target_level": next((one.title(language) for one in framework.levels if one.code == _target()), ""),
        "ready_percent": round(100 * rollup_rules().ready_at),
        "tables": tables | {"cohorts": shown_cohorts, "levels": levels_sheet(levels, seen.as_of)},
        "institutes": _institutes_page(seen, asked, PRINTED if is_printed else INSTITUTES),
        "cohort_rows": list(zip(page.object_list, said.rows, strict=True)),
        "cohort_reasons": said.reasons,
        "page": page,
        **_turning(page, asked, "page"),
        "pictures": pictures_of(seen, country),
        "levels": levels,
        "gaps": gaps,
        "help": helped,
        "next": next_step(seen.whole, helped, gaps, seen.house.institution.key),
        "query": asked.query(),
    }


def _turning(page: Page[Any], asked: Asked, name: str) -> dict[str, str]:
    """Return the way to the pages beside one."""
    newer = asked.query(**{name: str(page.number - 1)}) if page.has_previous() else ""
    return {"newer": newer, "older": asked.query(**{name: str(page.number + 1)}) if page.has_next() else ""}


def _institutes_page(seen: Seen, asked: Asked, most: int) -> dict[str, Any] | None:
    """Return some of the institutes beside the whole, and the way to the others; None when there is none."""
    if not seen.institutions or seen.chosen.cohort is not None:
        return None
    page = Paginator(institute_lines(seen), most).get_page(asked.institutes)
    table = institutes_table(seen, list(page.object_list), whole_line(seen))
    return {"table": table, "page": page, **_turning(page, asked, "instituts")}


def tables_of(seen: Seen, country: Figures, cohorts: Sequence[Line]) -> dict[str, Table]:
    """Return the page's tables, whole, by key."""
    found = {
        "cohorts": cohorts_table(seen, cohorts),
        "weeks": weeks_table(seen, shares_of(seen, country)),
    }
    if seen.chosen.cohort is None:
        found["programmes"] = programmes_table(seen, programme_lines(seen))
    if seen.institutions and seen.chosen.cohort is None:
        found["institutes"] = institutes_table(seen, institute_lines(seen), whole_line(seen))
    return found


def all_tables(seen: Seen, language: str) -> list[Table]:
    """Return the tables that may be had as files, the cohorts first."""
    found = tables_of(seen, national(seen.chosen.year), cohort_lines(seen))
    return [*found.values(), levels_sheet(levels_of(seen.whole, current_framework(), language), seen.as_of)]


def whole_line(seen: Seen) -> Line:
    """Return all that is shown, as one line."""
    chosen = seen.chosen
    if chosen.cohort is not None:
        return _cohort_line(seen, chosen.cohort)
    groups = [(seen.cohorts.get(one.pk, Figures()).enrolled, float(one.programme.hours)) for one in chosen.shown]
    return Line("whole", _("Ensemble"), seen.whole, mean_hours(groups))


def cohort_lines(seen: Seen) -> list[Line]:
    """Return each cohort shown. Their addresses come from one: finding the pattern anew for hundreds is slow."""
    pattern = reverse("dashboards:cohort", args=[NOWHERE])
    return [_cohort_line(seen, one, pattern) for one in seen.chosen.shown]


def _cohort_line(seen: Seen, cohort: Cohort, pattern: str = "") -> Line:
    label = cohort.name if seen.chosen.year else f"{cohort.name} {cohort.academic_year}"
    if cohort.institution_id != seen.house.institution.pk:
        label += f" ({cohort.institution.name})"
    return Line(
        str(cohort.uuid),
        label,
        seen.cohorts.get(cohort.pk, Figures()),
        float(cohort.programme.hours),
        url=pattern.replace(NOWHERE, str(cohort.uuid)),
    )


def programme_lines(seen: Seen) -> list[Line]:
    """Return each programme shown, by title; people are counted once in each."""
    found = {one.programme_id: one.programme for one in seen.chosen.shown}
    return [
        Line(programme.key, programme.title, seen.programmes.get(pk, Figures()), float(programme.hours))
        for pk, programme in sorted(found.items(), key=lambda one: one[1].title)
    ]


def institute_lines(seen: Seen) -> list[Line]:
    """Return the institution alone, then each institute attached to it."""
    hours = {one.institution_id: float(one.programme.hours) for one in seen.chosen.shown}
    return [
        Line(one.key, one.name, seen.institutions.get(one.pk, Figures()), hours.get(one.pk, 0.0))
        for one in (seen.house.institution, *seen.house.attached)
    ]


def shares_of(seen: Seen, country: Figures) -> list[dict[str, Any]]:
    """Return the last weeks: the share of those enrolled who were measured, trained, and the country's measured.

    Of a year that ended, its own last weeks.
    """
    before = year_bounds(seen.chosen.year)[1] if seen.chosen.year else None
    beside = country if country.measured >= FEW_NATIONALLY else Figures()
    return running_shares(seen.whole, beside, last=WEEKS, before=before)


def pictures_of(seen: Seen, country: Figures) -> dict[str, Any]:
    """Return the drawings: the programmes (or the cohorts of one) by target and by hours, and the weeks."""
    lines = cohort_lines(seen) if seen.chosen.programme else programme_lines(seen)
    lines = [whole_line(seen)] if seen.chosen.cohort else lines[:PRINTED]
    lines = [line for line in lines if line.figures.enrolled]
    share = _beside(country)["target"]
    limit = {"at": share.value, "label": _("national : %(share)s %%") % {"share": share.percent}} if share else None
    weeks = shares_of(seen, country)
    return {
        "is_of_cohorts": bool(seen.chosen.programme or seen.chosen.cohort),
        "target": _both([_share_bar(line, line.target) for line in lines], 1.0, limit, _("Au niveau cible")),
        "ready": _both([_share_bar(line, line.ready) for line in lines], 1.0, None, _("Prêts")),
        "hours": _both([_hours_bar(line) for line in lines], _hours_top(lines), None, _("Heures couvertes")),
        "weeks": _weeks_picture(weeks) if any(week["measured"] or week["trained"] for week in weeks) else "",
    }


def _both(rows: Sequence[dict[str, Any]], top: float, limit: Any, title: str) -> dict[str, Any]:
    if not rows:
        return {"wide": "", "phone": ""}
    return {
        "wide": pictures.bars(rows, top, limit, title=title),
        "phone": pictures.bars_phone(rows, top, limit, title=title),
    }


def _share_bar(line: Line, share: Share) -> dict[str, Any]:
    if share.value is None:
        why = _("personne ne partage") if line.figures.measured else _("pas de mesure")
        return {"label": line.label, "value_label": why}
    words = _("%(share)s %% (%(low)s–%(high)s)") % {"share": share.percent, "low": share.low, "high": share.high}
    ends = {"low": share.low / 100, "high": share.high / 100}
    return {"label": line.label, "value_label": words, "value": share.value, **ends}


def _hours_bar(line: Line) -> dict[str, Any]:
    words = _("%(hours)s h sur %(total)s") % {
        "hours": number(round(line.covered_hours, 1), 1),
        "total": number(line.hours, 0),
    }
    return {"label": line.label, "value_label": words, "parts": [line.online_hours, line.class_hours]}


def _hours_top(lines: Sequence[Line]) -> float:
    return max([max(line.hours, line.covered_hours) for line in lines], default=1.0) or 1.0


def _weeks_picture(weeks: Sequence[dict[str, Any]]) -> Any:
    series: list[dict[str, Any]] = [
        {
            "label": _("Ont passé le test"),
            "mark": _("test"),
            "values": [one["measured"] for one in weeks],
            "is_main": 1,
        },
        {"label": _("Formés"), "mark": _("form."), "values": [one["trained"] for one in weeks]},
        {"label": _("National, test"), "mark": _("nat."), "values": [one["national"] for one in weeks]},
    ]
    shown = [one for one in series if any(value is not None for value in one["values"])]
    most = max((value or 0.0) for one in shown for value in one["values"])
    every = max(len(weeks) // 3, 1)
    ticks = [date_format(weeks[at]["monday"], "d/m") for at in range(0, len(weeks), every)]
    return pictures.lines(shown, ticks, top=_top(most), title=_("Semaine par semaine"))


def _top(most: float) -> float:
    """Return the end of a scale of shares whose four steps are whole percents: each mark then says where it is."""
    return next((top for top in TOPS if most <= top), 1.0)


def _beside(country: Figures) -> dict[str, Any]:
    """Return the national shares, unless too few people make them."""
    if country.measured < FEW_NATIONALLY:
        return {"target": None, "ready": None, "measured": None}
    return {
        "target": Share(country.at_target, country.measured) if country.at_target else None,
        "ready": Share(country.ready, country.measured) if country.ready else None,
        "measured": Share(min(country.measured, country.enrolled), country.enrolled),
    }


def _target() -> str:
    return rollup_rules().target_level


def gaps_of(whole: Figures, framework: FrameworkTree, language: str) -> list[dict[str, Any]]:
    """Return the competencies to teach next, the widest shared gap first, of those who share."""
    heavy = weights([domain.hours for domain in framework.domains])
    target = next(place for place, one in enumerate(framework.levels) if one.code == _target())
    pairs = zip(framework.competencies, framework.domain_of, strict=True)
    rows = [
        Standing(part.code, [whole.levels.get(part.code, {}).get(one.code, 0) for one in framework.levels], heavy[at])
        for part, at in pairs
    ]
    titles = {part.code: part.title(language) for part in framework.competencies}
    found = gaps(rows, target=target)[: rules().taught_next]
    return [{"title": titles[one.code], "share": round(100 * one.share), "measured": one.measured} for one in found]


def to_help(lines: Sequence[Line]) -> dict[str, Any]:
    """Return how many have not taken their place or not begun, and the cohorts where they are most."""
    waiting = sorted((line for line in lines if line.to_claim + line.to_begin), key=_waiting)
    return {
        "to_claim": sum(line.to_claim for line in lines),
        "to_begin": sum(line.to_begin for line in lines),
        "cohorts": [
            {"label": one.label, "url": f"{one.url}etudiants/?voir=pas-commence", "count": one.to_claim + one.to_begin}
            for one in waiting[:HELPED]
        ],
    }


def _waiting(line: Line) -> tuple[int, str]:
    return -(line.to_claim + line.to_begin), line.label
