"""What the bank as a whole covers and how it is used, for a page, a picture and JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from competencies import api as competencies
from question_bank.authoring.labels import interaction
from question_bank.interactions.building import WORDINGS
from question_bank.interactions.registry import INTERACTIONS
from question_bank.itemfiles.item_shape import AUDIENCES
from question_bank.models import ItemExposure
from themes import pictures

from .selectors import DIFFICULTIES, CoverageRow
from .thresholds import limit

BINS = (0.0, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30)


def coverage_page(rows: Sequence[CoverageRow], language: str) -> dict[str, Any]:
    """Return the table of competencies, its holes in words, and its picture."""
    framework = competencies.current_framework()
    titles = {one.code: one.title(language) for one in framework.competencies}
    interactions = [name for name in INTERACTIONS if any(row.by_interaction.get(name) for row in rows)]
    return {
        "total": sum(row.total for row in rows),
        "difficulties": DIFFICULTIES,
        "audiences": AUDIENCES,
        "languages": WORDINGS,
        "interactions": [interaction(name) for name in interactions],
        "rows": [_row(row, titles.get(row.code, ""), interactions) for row in rows],
        "holes": [said for row in rows for said in holes(row)],
        "picture": coverage_picture(rows),
    }


def _row(row: CoverageRow, title: str, interactions: Sequence[str]) -> dict[str, Any]:
    few = limit("enough_per_difficulty")
    return {
        "code": row.code,
        "title": title,
        "total": row.total,
        "is_short": row.total < limit("enough_per_competency"),
        "difficulties": [{"count": count, "is_short": count < few} for count in row.by_difficulty],
        "audiences": [row.by_audience.get(name, 0) for name in AUDIENCES],
        "languages": [row.by_language.get(name, 0) for name in WORDINGS],
        "interactions": [row.by_interaction.get(name, 0) for name in interactions],
    }


def holes(row: CoverageRow) -> Iterator[str]:
    """Yield what a competency lacks, in words."""
    needed = round(limit("enough_per_competency"))
    if row.total < needed:
        yield _("%(code)s : %(count)s situations publiées sur %(needed)s.") % {
            "code": row.code, "count": row.total, "needed": needed,
        }  # fmt: skip
    for level, count in zip(DIFFICULTIES, row.by_difficulty, strict=True):
        if count < limit("enough_per_difficulty"):
            yield _("%(code)s, difficulté %(level)s : %(count)s situations sur %(needed)s.") % {
                "code": row.code, "level": level, "count": count, "needed": round(limit("enough_per_difficulty")),
            }  # fmt: skip
    english = row.by_language.get("en", 0)
    if english < limit("enough_english"):
        yield _("%(code)s, en anglais : %(count)s situations sur %(needed)s.") % {
            "code": row.code, "count": english, "needed": round(limit("enough_english")),
        }  # fmt: skip
    missing = [name for name in AUDIENCES if not row.by_audience.get(name)]
    if missing:
        yield _("%(code)s : aucune situation pour %(audiences)s.") % {
            "code": row.code, "audiences": ", ".join(audience_label(name) for name in missing),
        }  # fmt: skip


def audience_label(name: str) -> str:
    """Name an audience."""
    return {"student": _("étudiants"), "professional": _("professionnels"), "citizen": _("citoyens")}.get(name, name)


def coverage_picture(rows: Sequence[CoverageRow]) -> SafeString:
    """Draw how many items each competency has, and how many it needs."""
    bars = [
        {"label": row.code.partition(".")[0] if row.code.endswith(".C1") else "", "name": row.code, "value": row.total}
        for row in rows
    ]
    needed = limit("enough_per_competency")
    return pictures.columns(bars, needed, title=_("Situations publiées par compétence"))


def coverage_json(rows: Sequence[CoverageRow]) -> dict[str, Any]:
    """Return the coverage as data."""
    return {
        "published": sum(row.total for row in rows),
        "competencies": [
            {
                "code": row.code,
                "total": row.total,
                "by_difficulty": dict(zip(map(str, DIFFICULTIES), row.by_difficulty, strict=True)),
                "by_audience": row.by_audience,
                "by_language": row.by_language,
                "by_interaction": row.by_interaction,
            }
            for row in rows
        ],
        "holes": [said for row in rows for said in holes(row)],
    }


def exposure_picture(rows: Sequence[ItemExposure]) -> SafeString:
    """Draw how many items are met by how many people."""
    counts = [0] * len(BINS)
    for row in rows:
        counts[sum(share_of(row) > edge for edge in BINS[1:])] += 1
    labels = [f"≤ {round(100 * edge)}" for edge in BINS[1:]] + [f"> {round(100 * BINS[-1])}"]
    bars = [
        {"label": label, "value": count, "value_label": str(count)} for label, count in zip(labels, counts, strict=True)
    ]
    return pictures.columns(bars, title=_("Situations selon la part des personnes qui les ont reçues, en %"))


def share_of(row: ItemExposure) -> float:
    """Return the share of the people who could meet an item and did."""
    return row.served / row.finished if row.finished else 0.0


def exposure_json(rows: Sequence[ItemExposure]) -> dict[str, Any]:
    """Return the exposure as data."""
    return {
        "max": max(map(share_of, rows), default=0.0),
        "never_served": sum(row.served == 0 for row in rows),
        "items": [
            {"key": row.item.key, "served": row.served, "finished": row.finished, "share": share_of(row)}
            for row in rows
        ],
    }
