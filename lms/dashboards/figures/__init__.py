"""The figures of dashboards: folded roll-ups and what is not folded yet, in one statement each, whatever was answered.

figures.of(Scope.institution(university.pk), year="2026-2027").measured
figures.by_programme(Scope.national())  # {programme id: Figures}
"""

from .reading import as_of, by_cohort, by_institution, by_programme, by_university, freshness, of
from .scope import Scope
from .types import Figures, Freshness, Week

__all__ = [
    "Figures",
    "Freshness",
    "Scope",
    "Week",
    "as_of",
    "by_cohort",
    "by_institution",
    "by_programme",
    "by_university",
    "freshness",
    "of",
]
