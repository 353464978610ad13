"""The small believable country of the demonstration. Running it again changes nothing."""

from datetime import datetime
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from lms.accounts.api import User
from lms.cohorts.api import Cohort, Institution, Programme, Role, enrol, grant_role
from lms.learning import api as learning
from question_bank import api as bank

from .following import seed_following
from .looks import seed_looks
from .roles import VISITORS, Visitor

CMS_GROUPS = {Role.AUTHOR: bank.AUTHORS, Role.REVIEWER: bank.REVIEWERS}
DRAFTS = Path(__file__).parent / "data"


@transaction.atomic
def seed(*, now: datetime) -> int:
    """Write the demonstration's institution, cohort and people; return how many people there are."""
    bank.prepare_authoring()
    learning.prepare_editing()
    university = _university()
    seed_looks(university=university, now=now)
    cohort = _cohort(university)
    people = [visitor for visitor in VISITORS if visitor.email]
    for visitor in people:
        user = _person(visitor)
        grant_role(user=user, role=visitor.role, institution=university if visitor.is_of_institution else None, now=now)
        if visitor.key == "student":
            enrol(user=user, cohort=cohort, student_number="DEMO-0001", start_date=now.date())
            seed_following(owner=user, now=now)
    _seed_drafts(now)
    return len(people)


def _seed_drafts(now: datetime) -> None:
    """Let the author submit two situations: the reviewer has something to read. Done once, whatever became of them."""
    author = User.objects.get(email=next(visitor.email for visitor in VISITORS if visitor.role == Role.AUTHOR))
    for content in bank.read_items(DRAFTS):
        if not bank.is_known(content["key"]):
            draft = bank.create_draft(content=content, author=author, now=now)
            bank.submit_draft(draft_id=draft.pk, author=author, now=now)


def _university() -> Institution:
    defaults = {"kind": "university", "name": "Université de Démonstration", "city": "Ville-Exemple", "is_demo": True}
    return Institution.objects.get_or_create(key="demonstration", defaults=defaults)[0]


def _cohort(university: Institution) -> Cohort:
    programme, _ = Programme.objects.get_or_create(
        key="infirmier", defaults={"title": "Soins infirmiers", "eqf_level": 6}
    )
    name, year = "Soins infirmiers, 2e année", "2026-2027"
    return Cohort.objects.get_or_create(
        institution=university, academic_year=year, name=name, defaults={"programme": programme}
    )[0]


def _person(visitor: Visitor) -> User:
    user = User.objects.filter(email=visitor.email).first()
    if user is None:
        names = {"first_name": visitor.first_name, "last_name": visitor.last_name}
        user = User.objects.create_user(visitor.email, None, **names)
        # Else allauth writes it when the person first reads their addresses: a GET that writes.
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    group = CMS_GROUPS.get(Role(visitor.role))
    if group:
        user.groups.set([Group.objects.get(name=group)])
    return user
