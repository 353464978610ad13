"""Who is where: universities by their size, institutes attached to them, streams of each programme, cohorts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from lms.cohorts.api import Attachment, Cohort, Institution, Programme

from .crowd import Stream

LINES = (("2025-2026", 2), ("2026-2027", 3), ("2026-2027", 2))  # year and level of the cohorts of a stream
LARGEST = 320  # of a stream: three cohorts of a hundred or so
# Shares of the country, about; every other programme has OTHERS. Nursing is taught in institutes.
SHARES = {"medecine": 24.0, "pharmacie": 9.0, "odontologie": 4.0, "maieutique": 2.5, "infirmier": 26.0}
OTHERS = 1.8
IN_INSTITUTES = ("infirmier",)
USUAL_SIZE = 4000
TOWNS = ("Nord", "Sud", "Est", "Ouest", "Centre", "Littoral", "Vallée", "Plaine")


@dataclass(frozen=True)
class Planned:
    """A stream that has no cohorts yet."""

    institution: Institution
    programme: Programme
    number: int
    size: int


def streams(students: int, *, seed: int) -> list[Stream]:
    """Return the streams of the country, the same for the same seed; their cohorts are written once."""
    luck = Random(f"plan {seed}")  # noqa: S311 - a country, not a secret
    programmes = list(Programme.objects.order_by("number", "key"))
    planned = [
        one
        for university, size in _sizes(students)
        for one in _of_university(university, size, programmes, luck)
        if one.size
    ]
    cohorts = _cohorts(planned)
    return [_stream(place, one, cohorts[place], luck) for place, one in enumerate(planned)]


def _sizes(students: int) -> Iterator[tuple[Institution, int]]:
    """Yield each university with its people, in proportion to its health students; the shares add up."""
    found = list(Institution.objects.counted().order_by("key"))
    weights = [university.health_students or USUAL_SIZE for university in found]
    given = weight = 0
    for university, own in zip(found, weights, strict=True):
        weight += own
        upto = round(students * weight / sum(weights))
        yield university, upto - given
        given = upto


def _of_university(university: Institution, size: int, programmes: list[Programme], luck: Random) -> Iterator[Planned]:
    _mark(university)
    taught = [one for one in programmes if one.key in SHARES or luck.random() < 0.6]
    weights = [SHARES.get(one.key, OTHERS) * luck.uniform(0.7, 1.3) for one in taught]
    given, weight = 0, 0.0
    for programme, own in zip(taught, weights, strict=True):
        weight += own
        upto = round(size * weight / sum(weights))
        yield from _split(university, programme, upto - given)
        given = upto


def _split(university: Institution, programme: Programme, size: int) -> Iterator[Planned]:
    """Yield streams of a usual size; an institute for each where the programme is taught in institutes."""
    parts = max(1, -(-size // LARGEST))
    for number in range(parts):
        own = size * (number + 1) // parts - size * number // parts
        house = _institute(university, number) if programme.key in IN_INSTITUTES else university
        yield Planned(house, programme, number + 1, own)


def _institute(university: Institution, number: int) -> Institution:
    town = TOWNS[number % len(TOWNS)] + (f" {number // len(TOWNS) + 1}" if number >= len(TOWNS) else "")
    facts = {
        "kind": Institution.Kind.INSTITUTE,
        "name": f"IFSI {town}, {university.city or university.name}",
        "city": university.city,
        "academy": university.academy,
        "region": university.region,
        "is_demo": True,
    }
    institute, is_new = Institution.objects.get_or_create(
        key=f"ifsi-{university.key}-{number + 1}"[:50], defaults=facts
    )
    if is_new:
        Attachment.objects.create(institution=institute, parent=university, start_date=date(2024, 9, 1))
    return institute


def _mark(university: Institution) -> None:
    """Say on each page that its figures are of a demonstration."""
    if not university.is_demo:
        university.is_demo = True
        university.save(update_fields=["is_demo"])


def _stream(place: int, planned: Planned, cohorts: tuple[int, int, int], luck: Random) -> Stream:
    own = Random(f"{planned.institution.key} {planned.programme.key}")  # noqa: S311
    house = Random(planned.institution.key)  # noqa: S311
    return Stream(
        key=f"{place:05d}",
        institution_id=planned.institution.pk,
        cohorts=cohorts,
        size=planned.size,
        shift=house.gauss(0.1, 0.15) + own.gauss(0.0, 0.12) + luck.gauss(0.0, 0.05),
        zeal=min(1.05, max(0.55, house.gauss(0.9, 0.12))),
    )


def _cohorts(planned: Sequence[Planned]) -> list[tuple[int, int, int]]:
    """Write the three cohorts of each stream, unless they are there; return their ids."""
    wanted = [[_cohort(one, year, study) for year, study in LINES] for one in planned]
    known = _known({one.institution_id for line in wanted for one in line})
    Cohort.objects.bulk_create([one for line in wanted for one in line if _key(one) not in known], batch_size=500)
    known = _known({one.institution_id for line in wanted for one in line})
    return [(known[_key(line[0])], known[_key(line[1])], known[_key(line[2])]) for line in wanted]


def _cohort(planned: Planned, year: str, study: int) -> Cohort:
    name = f"{planned.programme.title[:80]}, {study}e année, groupe {planned.number}"
    return Cohort(
        institution=planned.institution, programme=planned.programme, academic_year=year, name=name, year_of_study=study
    )


def _known(institutions: Collection[int]) -> dict[tuple[int, str, str], int]:
    rows = Cohort.objects.filter(institution_id__in=institutions).order_by("pk")
    return {
        (house, year, name): pk
        for pk, house, year, name in rows.values_list("pk", "institution_id", "academic_year", "name")
    }


def _key(cohort: Cohort) -> tuple[int, str, str]:
    return cohort.institution_id, cohort.academic_year, cohort.name
