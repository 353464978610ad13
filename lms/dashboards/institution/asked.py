"""What the address of an institution's page asks for: an academic year, a programme, a cohort."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from lms.cohorts.api import Cohort

ALL = "toutes"


@dataclass(frozen=True)
class Asked:
    """`year`: one, ALL, or "" for the one that is shown first; `programme`: a key; `cohort`: a uuid, as text."""

    year: str = ""
    programme: str = ""
    cohort: str = ""
    page: str = "1"
    institutes: str = "1"

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """Read it of an address."""
        names = {"annee": "", "filiere": "", "cohorte": "", "page": "1", "instituts": "1"}
        return cls(*(query.get(name, usual) for name, usual in names.items()))

    def query(self, **other: str) -> str:
        """Return the parameters of the same page with something else asked."""
        values = {"annee": self.year, "filiere": self.programme, "cohorte": self.cohort} | other
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


@dataclass(frozen=True)
class Chosen:
    """What is shown: `year` is "" for all; what the address asks and the institution has not is as if not asked."""

    year: str
    years: list[str]
    cohorts: list[Cohort]  # of the year
    programme: str = ""
    cohort: Cohort | None = None

    @property
    def shown(self) -> list[Cohort]:
        """Return the cohorts that the filters leave."""
        if self.cohort is not None:
            return [self.cohort]
        return [one for one in self.cohorts if not self.programme or one.programme.key == self.programme]

    @property
    def programme_id(self) -> int:
        """Return the id of the programme asked for, 0 for all."""
        return next((one.programme_id for one in self.cohorts if one.programme.key == self.programme), 0)


def choose(asked: Asked, cohorts: Collection[Cohort], current: str) -> Chosen:
    """Return what to show of these cohorts: of the year asked, else this one, else the last there is."""
    years = sorted({cohort.academic_year for cohort in cohorts}, reverse=True)
    known = [year for year in (asked.year, current) if year in years]
    year = "" if asked.year == ALL else (known or [*years, current])[0]
    of_year = [cohort for cohort in cohorts if not year or cohort.academic_year == year]
    cohort = next((one for one in of_year if str(one.uuid) == asked.cohort), None)
    programme = asked.programme if any(one.programme.key == asked.programme for one in of_year) else ""
    if cohort is not None and programme and cohort.programme.key != programme:
        cohort = None  # the form asked for a programme and a cohort of another: the wider wins
    return Chosen(year, years, of_year, programme, cohort)
