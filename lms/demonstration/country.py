"""The small believable country: three universities, an institute, six cohorts and those who study there. Done once."""

from datetime import date, datetime, timedelta

from django.db import transaction

from lms.cohorts.api import Attachment, Cohort, Institution, Programme
from lms.dashboards.rollups import folding, recounting, summaries
from question_bank import api as bank
from question_bank.errors import NoRelease

from .national.crowd import Stream
from .national.people import write_streams, write_summaries
from .national.running import world

SEED, PATHS = 36, 24
# key, kind, name, town; the first is the one that the visitors belong to.
HOUSES = (
    ("demonstration", "university", "Université de Démonstration", "Ville-Exemple"),
    ("cote-d-ambre", "university", "Université de la Côte d’Ambre", "Port-Ambre"),
    ("hautes-brumes", "university", "Université des Hautes-Brumes", "Brumeval"),
    ("ifsi-ville-exemple", "institute", "IFSI de Ville-Exemple", "Ville-Exemple"),
)
ATTACHED = ("ifsi-ville-exemple", "demonstration")
PROGRAMMES = (("infirmier", "Soins infirmiers", 6), ("medecine", "Médecine", 8), ("pharmacie", "Pharmacie", 8))
# house, programme, title, year of study, people, logits above the country, zeal.
COHORTS = (
    ("demonstration", "infirmier", "Soins infirmiers", 2, 46, 0.15, 1.0),
    ("demonstration", "medecine", "Médecine", 3, 52, 0.35, 0.85),
    ("ifsi-ville-exemple", "infirmier", "Soins infirmiers", 3, 38, 0.0, 0.95),
    ("cote-d-ambre", "pharmacie", "Pharmacie", 4, 34, 0.3, 0.75),
    ("cote-d-ambre", "infirmier", "Soins infirmiers", 2, 40, -0.1, 0.9),
    ("hautes-brumes", "medecine", "Médecine", 2, 30, 0.1, 0.6),
)
YEARS = ("2025-2026", "2026-2027")


@transaction.atomic
def seed_country(*, now: datetime) -> int:
    """Write the country, unless it is there; return how many students were written."""
    houses = {key: _house(*facts) for key, *facts in ((line[0], *line) for line in HOUSES)}
    programmes = {key: _programme(key, title, level) for key, title, level in PROGRAMMES}
    Attachment.objects.get_or_create(
        institution=houses[ATTACHED[0]], parent=houses[ATTACHED[1]], defaults={"start_date": date(2024, 9, 1)}
    )
    if Cohort.objects.filter(institution=houses["hautes-brumes"]).exists() or not _has_bank():
        return 0
    streams = []
    for place, (house, programme, title, study, size, shift, zeal) in enumerate(COHORTS):
        cohorts = _cohorts(houses[house], programmes[programme], title, study)
        streams.append(Stream(f"DEMO{place}", houses[house].pk, cohorts, size, shift, zeal, first=0.4))
    here = world(seed=SEED, paths=PATHS, now=now - timedelta(hours=3))
    _count(*write_streams(streams, here, seed=(SEED,)))
    return sum(line[4] for line in COHORTS)


def _count(accounts: list[int], unclaimed: list[int]) -> None:
    """Write their summaries, and what they add to the figures."""
    drafts = summaries.drafts(users=accounts, students=unclaimed)
    write_summaries(drafts)
    folding.upsert(recounting.summed(drafts))


def _has_bank() -> bool:
    """Say whether there is something to answer: a database may be prepared without a bank."""
    try:
        return bool(bank.release(bank.current_release_id()).entries)
    except NoRelease:
        return False


def _house(key: str, kind: str, name: str, city: str) -> Institution:
    facts = {"kind": kind, "name": name, "city": city, "is_demo": True}
    return Institution.objects.get_or_create(key=key, defaults=facts)[0]


def _programme(key: str, title: str, level: int) -> Programme:
    return Programme.objects.get_or_create(key=key, defaults={"title": title, "eqf_level": level})[0]


def _cohorts(house: Institution, programme: Programme, title: str, study: int) -> tuple[int, int, int]:
    """Return last year’s cohort, and twice this year’s, where those who went on meet newcomers."""
    found = []
    for year, level in zip(YEARS, (study - 1, study), strict=True):
        facts = {"programme": programme, "year_of_study": level}
        name = f"{title}, {level}{'re' if level == 1 else 'e'} année"
        cohort, _ = Cohort.objects.get_or_create(institution=house, academic_year=year, name=name, defaults=facts)
        found.append(cohort.pk)
    return found[0], found[1], found[1]
