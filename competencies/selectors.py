"""Reading the framework. A version never changes, so a process reads each one once."""

from functools import lru_cache
from pathlib import Path

from kernel.datafile import read as read_data

from .models import Competency, Domain, Framework, ProficiencyLevel
from .types import CapacityEntry, CompetencyEntry, DomainEntry, FrameworkTree, LevelEntry

PLAIN_TITLES = Path(__file__).parent / "data" / "plain_titles.yaml"


def current_framework_id() -> int:
    """Return the id of the framework in force. Raises Framework.DoesNotExist when none is loaded."""
    return int(Framework.objects.values_list("pk", flat=True).get(is_current=True))


@lru_cache(maxsize=16)
def framework(framework_id: int) -> FrameworkTree:
    """Return the version `framework_id`, whole."""
    row = Framework.objects.get(pk=framework_id)
    domains = row.domains.prefetch_related("competencies__capacities")
    return FrameworkTree(
        id=row.pk,
        key=row.key,
        version=row.version,
        is_official=row.status == "official",
        notice_fr=row.notice_fr,
        notice_en=row.notice_en,
        domains=tuple(_domain(domain, number) for number, domain in enumerate(domains, start=1)),
        levels=tuple(_level(level) for level in row.levels.all()),
    )


@lru_cache(maxsize=1)
def plain_titles() -> dict[str, str]:
    """Return the titles in plain French, by code (data/plain_titles.yaml)."""
    titles: dict[str, str] = read_data(PLAIN_TITLES).value
    return titles


def forget() -> None:
    """Drop what this process remembers (after a load, and between tests)."""
    framework.cache_clear()


def _domain(row: Domain, number: int) -> DomainEntry:
    competencies = tuple(_competency(competency) for competency in row.competencies.all())
    return DomainEntry(row.code, row.title_fr, row.title_en, number, float(row.hours), competencies)


def _competency(row: Competency) -> CompetencyEntry:
    capacities = tuple(CapacityEntry(c.code, c.title_fr, c.title_en, c.confidence) for c in row.capacities.all())
    return CompetencyEntry(row.code, row.title_fr, row.title_en, row.confidence, capacities)


def _level(row: ProficiencyLevel) -> LevelEntry:
    return LevelEntry(row.key, row.title_fr, row.title_en, row.cut_score, row.text_fr, row.text_en)
