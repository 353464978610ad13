"""The students of a cohort, fifty a page: as a list, or as a heat map of their competencies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from competencies.types import FrameworkTree
from lms.cohorts.api import Cohort
from themes import pictures

from .. import figures
from ..models import LearnerSummary
from .people import FILTERS, SORTS, chosen, found, ordered, people
from .rules import rules
from .sheets import why_withheld

NAMES = ("voir", "q", "tri")


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a filter, words, an order, a page."""

    shown: str = ""
    words: str = ""
    order: str = ""
    page: str = "1"

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """Read it of an address; what is unknown asks for nothing."""
        shown, order = query.get("voir", ""), query.get("tri", "")
        return cls(
            shown if shown in {one.key for one in FILTERS} else "",
            query.get("q", "").strip()[:80],
            order if order in {one.key for one in SORTS} else "",
            query.get("page", "1"),
        )

    def query(self, **other: str) -> str:
        """Return the parameters of the same list with something else asked, to be followed by nothing."""
        values = {"voir": self.shown, "q": self.words, "tri": self.order} | other
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def rows_of(cohort: Cohort, asked: Asked, now: datetime) -> QuerySet[LearnerSummary]:
    """Return the people asked for, in the order asked."""
    return ordered(found(chosen(people(cohort), asked.shown, now), asked.words), asked.order)


def page_of(cohort: Cohort, asked: Asked, *, now: datetime) -> dict[str, Any]:
    """Return what both pages share: the people of one page, the filters and the orders with their addresses."""
    rows = rows_of(cohort, asked, now)
    page = Paginator(rows, rules().page).get_page(asked.page)
    fresh = figures.freshness(now, [cohort.pk])
    return {
        "cohort": cohort,
        "asked": asked,
        "page": page,
        "rows": rows,
        "as_of": fresh.as_of,
        "fresh": fresh,
        "filters": [_choice(one.key, str(one.label), asked, "voir", asked.shown) for one in FILTERS],
        "sorts": [_choice(one.key, str(one.label), asked, "tri", asked.order) for one in SORTS],
        "newer": asked.query(page=str(page.number - 1)) if page.has_previous() else "",
        "older": asked.query(page=str(page.number + 1)) if page.has_next() else "",
    }


def _choice(key: str, label: str, asked: Asked, name: str, current: str) -> dict[str, Any]:
    return {"label": label, "url": asked.query(**{name: key}), "is_current": key == current}


def map_of(page: Page[LearnerSummary], framework: FrameworkTree, language: str) -> dict[str, Any]:
    """Return the heat map of a page of people: the picture, its columns, a row each."""
    places = {level.code: place for place, level in enumerate(framework.levels)}
    names = [level.title(language) for level in framework.levels]
    lines = [_line(row, framework, places, language) for row in page.object_list]
    drawn = _drawn(lines, framework, language) if any(line["cells"] for line in lines) else []
    return {
        "domains": [
            {"title": domain.title(language), "hue": domain.number, "competencies": _columns(domain, language)}
            for domain in framework.domains
        ],
        "count": len(framework.competencies),
        "legend": [{"mark": name[0], "name": name, "place": place + 1} for place, name in enumerate(names)],
        "lines": lines,
        "wide": pictures.heat(drawn, names) if drawn else "",
        "phone": pictures.heat_phone(drawn, names) if drawn else "",
    }


def _columns(domain: Any, language: str) -> list[dict[str, str]]:
    return [{"code": part.code.split(".")[-1], "title": part.title(language)} for part in domain.competencies]


def _line(row: LearnerSummary, framework: FrameworkTree, places: dict[str, int], language: str) -> dict[str, Any]:
    """Return one person's cells, or why there are none: not measured yet, or not shared."""
    why = why_withheld(row)
    return {"row": row, "why": why, "cells": [] if why else list(_cells(row, framework, places, language))}


def _cells(
    row: LearnerSummary, framework: FrameworkTree, places: dict[str, int], language: str
) -> Iterable[dict[str, Any]]:
    for domain in framework.domains:
        for part in domain.competencies:
            result = row.competencies.get(part.code)
            place = places.get(str(result[3])) if result else None
            level = framework.levels[place] if place is not None else None
            mark = level.title(language)[0] if level else ""
            yield {"hue": domain.number, "place": place, "number": (place or 0) + 1, "level": level, "mark": mark}


def _drawn(lines: Sequence[dict[str, Any]], framework: FrameworkTree, language: str) -> list[dict[str, Any]]:
    """Turn the rows into what is drawn: one line a competency, one mark a person."""
    return [
        {
            "label": part.title(language),
            "hue": framework.domains[domain].number,
            "cells": [line["cells"][place]["place"] if line["cells"] else None for line in lines],
        }
        for place, (part, domain) in enumerate(zip(framework.competencies, framework.domain_of, strict=True))
    ]
