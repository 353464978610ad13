"""Reading the counts, the coverage and the exposure of the bank: a fixed number of queries, whatever its size."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from question_bank import selectors as bank
from question_bank.interactions import ItemContent
from question_bank.models import Item, ItemCalibration, ItemExposure, ItemReport, ReleaseItem, ReportStatus, Status
from question_bank.types import ToldReport

from .choices import countable
from .figures import Counted, ItemFigures, Share, figures
from .models import ItemStatistic

ONE_OF = ("single_choice", "hotspot")  # one choice is taken and one is right: a distractor can be judged
DIFFICULTIES = (1, 2, 3, 4)
MOST_REPORTS = 200  # of one person, on their page and in their data


@dataclass(frozen=True)
class ItemSheet:
    """What an author sees of one item: its figures in one variant, its calibration, its exposure."""

    item: Item
    content: ItemContent
    variant: str
    variants: tuple[str, ...]
    figures: ItemFigures
    calibration: ItemCalibration | None
    exposure: Share
    earlier: int  # responses to earlier versions, not in the figures

    @property
    def has_single_key(self) -> bool:
        """Say whether one choice is taken, and one is right."""
        return self.content.interaction in ONE_OF


def sheet(key: str, variant: str = "standard") -> ItemSheet:
    """Return the sheet of an item with a version. Raises Item.DoesNotExist."""
    item = (
        Item.objects.select_related("current_version", "exposure", "draft").exclude(current_version=None).get(key=key)
    )
    version_id = item.current_version_id
    assert version_id is not None
    content = bank.item_content(version_id)
    by_variant = _responses(item)
    shown = variant if variant in ("standard", "plain") else "standard"
    rows = ItemStatistic.objects.filter(item_version=version_id, variant=shown).order_by()
    keys = ("month_date", "score_group", "kind", "label")
    counted = rows.values_list(*keys).annotate(Sum("count"), Sum("score_sum"), Sum("score_squares"))
    found = figures([Counted(*row) for row in counted], countable(content), content.top_score)
    exposure = getattr(item, "exposure", None)
    return ItemSheet(
        item=item,
        content=content,
        variant=shown,
        variants=("standard", "plain") if "plain" in content.wordings else ("standard",),
        figures=found,
        calibration=ItemCalibration.objects.filter(item_version=version_id, variant=shown).first(),
        exposure=Share(exposure.served, exposure.finished) if exposure else Share(0, 0),
        earlier=sum(by_variant.values()) - by_variant[version_id],
    )


def _responses(item: Item) -> Counter[int]:
    rows = ItemStatistic.objects.filter(item_version__item=item, kind="outcome").order_by()
    return Counter(dict(rows.values_list("item_version_id").annotate(Sum("count"))))


def published() -> list[Item]:
    """Return what is published, with what the tables of the bank need."""
    return list(Item.objects.filter(status=Status.PUBLISHED).select_related("exposure").order_by("key"))


@dataclass(frozen=True)
class CoverageRow:
    """A competency: how many published items by difficulty, by audience, in each language and interaction."""

    code: str
    total: int
    by_difficulty: tuple[int, ...]
    by_audience: dict[str, int]
    by_language: dict[str, int]
    by_interaction: dict[str, int]


def coverage(codes: Sequence[str]) -> list[CoverageRow]:
    """Return a row for each competency of `codes`, those without an item too."""
    rows: QuerySet[Item, Any] = Item.objects.filter(status=Status.PUBLISHED).order_by("key")
    members = _facets()
    found: dict[str, list[tuple[Item, dict[str, Any]]]] = {code: [] for code in codes}
    for item in rows:
        found.setdefault(item.competency, []).append((item, members.get(item.key, {})))
    return [_coverage_row(code, members_) for code, members_ in found.items()]


def _facets() -> dict[str, dict[str, Any]]:
    rows = ReleaseItem.objects.filter(release__is_current=True).order_by("position")
    # What the release says of its items: their languages without reading 480 texts.
    return {facets["key"]: facets for facets in rows.values_list("facets", flat=True)}


def _coverage_row(code: str, items: list[tuple[Item, dict[str, Any]]]) -> CoverageRow:
    difficulties = Counter(item.difficulty for item, _ in items)
    return CoverageRow(
        code=code,
        total=len(items),
        by_difficulty=tuple(difficulties[level] for level in DIFFICULTIES),
        by_audience=dict(Counter(audience for item, _ in items for audience in item.audiences)),
        by_language=dict(Counter(name for _, facets in items for name in facets.get("locales", ()))),
        by_interaction=dict(Counter(facets["interaction"] for _, facets in items if "interaction" in facets)),
    )


def exposures() -> list[ItemExposure]:
    """Return the exposure of what is published, the most served first."""
    rows = ItemExposure.objects.filter(item__status=Status.PUBLISHED, finished__gt=0).select_related("item__draft")
    return sorted(rows.order_by("item__key"), key=lambda row: -row.served / row.finished)


def reports(status: str = "") -> QuerySet[ItemReport]:
    """Return reports, the latest first; of one status if it is given."""
    rows = ItemReport.objects.select_related("item_version__item").defer("item_version__content")
    rows = rows.filter(status=status) if status in ReportStatus.values else rows
    return rows.order_by("-created_at", "-pk")


def report_counts() -> dict[str, int]:
    """Return how many reports have each status."""
    counted = dict(ItemReport.objects.order_by().values_list("status").annotate(Count("pk")))
    return {status: counted.get(status, 0) for status in ReportStatus.values}


def reports_of(reporter_id: int) -> list[ToldReport]:
    """Return what a person reported and what became of it, the latest first."""
    rows = ItemReport.objects.filter(reporter_id=reporter_id).select_related("item_version")
    return [_told(row) for row in rows.order_by("-created_at", "-pk")[:MOST_REPORTS]]


def _told(row: ItemReport) -> ToldReport:
    titles = {
        name: row.item_version.content[name]["title"] for name in ("fr", "en") if name in row.item_version.content
    }
    return ToldReport(titles, row.text, row.status, row.reply, row.created_at, row.handled_at)


def open_reports(item: Item) -> int:
    """Return how many reports of an item wait for somebody."""
    waiting = Q(status__in=(ReportStatus.NEW, ReportStatus.CONFIRMED))
    return ItemReport.objects.filter(waiting, item_version__item=item).count()
