"""A university with a look, and one of its students."""

from datetime import datetime, timedelta

import pytest

from lms.accounts.api import User
from lms.cohorts.api import Cohort, Institution, Programme, enrol
from tests.themes.looks.wearing import HOST, logo_file
from themes.api import Look, Wishes, drawn_again, save_look


@pytest.fixture
def look(db: None, now: datetime, settings: object) -> Look:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    wishes = Wishes(
        name="Université de Valserine",
        brand="#1f4b8e",
        contact="sante@valserine.example",
        website="https://valserine.example/",
        home_path="/accessibilite/",
        hosts=(HOST,),
        logo=drawn_again(logo_file(), 500),
    )
    return save_look(key="valserine", wishes=wishes, actor_id=None, now=now)


@pytest.fixture
def lina(look: Look, now: datetime) -> User:
    university = Institution.objects.create(key="v", kind="university", name="V", look=look)
    programme = Programme.objects.create(key="ifsi", title="Soins infirmiers")
    cohort = Cohort.objects.create(institution=university, programme=programme, academic_year="2026-2027", name="A")
    user = User.objects.create_user("lina@example.org")
    enrol(user=user, cohort=cohort, student_number="1", start_date=now.date() - timedelta(days=400))
    return user
