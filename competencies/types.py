"""The framework as the rest of the platform reads it: frozen, whole, in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Titled:
    """Something with a code and a title in each language."""

    code: str
    title_fr: str
    title_en: str

    def title(self, language: str) -> str:
        """Return the title in `language` (French when it is not English)."""
        return self.title_en if language == "en" else self.title_fr


@dataclass(frozen=True)
class CapacityEntry(Titled):
    confidence: str


@dataclass(frozen=True)
class CompetencyEntry(Titled):
    confidence: str
    capacities: tuple[CapacityEntry, ...]


@dataclass(frozen=True)
class DomainEntry(Titled):
    number: int
    hours: float
    competencies: tuple[CompetencyEntry, ...]


@dataclass(frozen=True)
class LevelEntry(Titled):
    """A proficiency level; `cut_score` is where it begins on the scale of 0 to 1000."""

    cut_score: int
    text_fr: str
    text_en: str

    def text(self, language: str) -> str:
        """Return what the level means, in `language`."""
        return self.text_en if language == "en" else self.text_fr


@dataclass(frozen=True)
class FrameworkTree:
    """One version of the framework, whole."""

    id: int
    key: str
    version: str
    is_official: bool
    notice_fr: str
    notice_en: str
    domains: tuple[DomainEntry, ...]
    levels: tuple[LevelEntry, ...]

    def notice(self, language: str) -> str:
        """Return what the screen must say about this version, in `language`."""
        return self.notice_en if language == "en" else self.notice_fr

    @property
    def competencies(self) -> tuple[CompetencyEntry, ...]:
        """All competencies, domain by domain."""
        return tuple(competency for domain in self.domains for competency in domain.competencies)

    @property
    def domain_of(self) -> tuple[int, ...]:
        """For each competency, in order, the index of its domain."""
        return tuple(index for index, domain in enumerate(self.domains) for _ in domain.competencies)
