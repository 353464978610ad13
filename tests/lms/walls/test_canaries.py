"""A word that only one house says: whoever is of another follows every link there is, and never meets it."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from kernel.models import Mail
from lms.assessments.models.asking import AssignmentQuerySet
from lms.cohorts.models.cohort import CohortQuerySet
from lms.cohorts.models.institution import InstitutionQuerySet
from lms.cohorts.models.person import StudentQuerySet
from lms.cohorts.models.role import RoleGrantQuerySet
from lms.cohorts.rosters.models import RosterImportQuerySet
from tests.architecture.access.objects import ATTACHED, BESIDE, OTHER, OWN, Objects
from tests.architecture.access.routes import routes
from tests.architecture.access.table import KEEPING, STAFF, UNKNOWN_METHOD
from tests.lms.walls.country import AMBRE, BRUME, CANARIES, INSTITUT, PUPIL, Country
from tests.lms.walls.country import BESIDE as BESIDE_CANARY
from tests.lms.walls.crawling import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DOORS = ("/", "/profil/", "/pilotage/", "/barometre/", "/evaluation/", "/demande/", "/rejoindre/")
ZIBELINE, WAPITI, OCELOT = CANARIES[AMBRE], CANARIES[INSTITUT], CANARIES[BRUME]
# Who, the words they must never meet, the words they do meet: a crawl that reads nothing proves nothing.
WHO: tuple[tuple[str, set[str], set[str]], ...] = (
    ("coordinator", {OCELOT}, {ZIBELINE, WAPITI, BESIDE_CANARY, PUPIL}),
    ("instructor of one cohort", {OCELOT, WAPITI, BESIDE_CANARY}, {ZIBELINE, PUPIL}),
    ("coordinator attached", {OCELOT, ZIBELINE, BESIDE_CANARY}, {WAPITI, PUPIL}),
    ("instructor elsewhere", {ZIBELINE, WAPITI, BESIDE_CANARY}, {OCELOT, PUPIL}),
    ("learner", {OCELOT, WAPITI, BESIDE_CANARY, f"{PUPIL}2", f"{PUPIL}3"}, {ZIBELINE}),
    ("pilot", {OCELOT, ZIBELINE, WAPITI, BESIDE_CANARY, PUPIL}, set()),
    ("anonymous", {OCELOT, ZIBELINE, WAPITI, BESIDE_CANARY, PUPIL}, set()),
    ("coordinator until yesterday", {OCELOT, ZIBELINE, WAPITI, BESIDE_CANARY, PUPIL}, set()),
    ("author", {OCELOT, ZIBELINE, WAPITI, BESIDE_CANARY, PUPIL}, set()),
    # The platform's administrators keep institutions and roles: the staff's names, nobody's students.
    ("superuser", {PUPIL}, {ZIBELINE, OCELOT, WAPITI}),
)


@pytest.fixture(scope="module")
def guesses(written: Country) -> Iterator[list[str]]:
    """Every address of every object that staff may open, as somebody would who learned it elsewhere."""
    logging.disable(logging.WARNING)
    objects, site = Objects(written), routes()
    yield [
        site[name].address(objects.values(name, place))
        for name, line in (STAFF | KEEPING).items()
        if line.get != UNKNOWN_METHOD
        for place in (OWN, BESIDE, ATTACHED, OTHER)
    ]
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(("role", "never", "met"), WHO, ids=[role for role, _, _ in WHO])
def test_nobody_meets_another_s_word(
    role: str, never: set[str], met: set[str], written: Country, guesses: list[str]
) -> None:
    seen = crawl(written.people[role], [*DOORS, *guesses])
    assert not seen.pages_with(never)
    for word in met:
        assert seen.pages_with({word}), f"{role} was to meet {word}"


def test_files_are_read_too(written: Country) -> None:
    """Else a word could hide in an export."""
    seen = crawl(written.people["coordinator"], DOORS, prints=True)
    for kind in ("text/csv", "application/pdf", XLSX, ODS):
        assert seen.kinds[kind], (kind, seen.kinds)
    assert any("format=xlsx" in page for page in seen.pages_with({PUPIL}))
    assert any("format=ods" in page for page in seen.pages_with({PUPIL}))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def test_no_letter_carries_another_s_word(written: Country) -> None:
    letters = list(Mail.objects.order_by("pk"))
    assert {canary for canary in CANARIES.values() if any(canary in letter.to for letter in letters)} == set(
        CANARIES.values()
    )
    for letter in letters:
        said = f"{letter.subject} {letter.text} {letter.html}".lower()
        own = {canary for canary in CANARIES.values() if canary in letter.to}
        assert not [canary for canary in {*CANARIES.values()} - own if canary in said], letter.to
        assert not [other for other in (f"{PUPIL}2", f"{PUPIL}3") if other in said and other not in letter.to]


# Each wall alone: what falls behind it when it returns everything.
WALLS = (
    CohortQuerySet,
    InstitutionQuerySet,
    StudentQuerySet,
    AssignmentQuerySet,
    RosterImportQuerySet,
    RoleGrantQuerySet,
)
NOT_ALONE = {StudentQuerySet, InstitutionQuerySet}  # another wall stands before it on every page


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall.__name__)
def test_a_wall_that_falls_is_seen(
    wall: Any, written: Country, guesses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mutant: one `visible_to` returns everything. The coordinator then meets the other university's word."""
    monkeypatch.setattr(wall, "visible_to", lambda rows, access: rows.all())
    seen = crawl(written.people["coordinator"], guesses, follows=False)
    assert bool(seen.pages_with({OCELOT})) is (wall not in NOT_ALONE)
