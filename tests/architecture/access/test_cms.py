"""Who only coordinates finds in /cms/ the look of their institution and their account, and nothing else."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from lms.accounts.api import User
from lms.cohorts.api import Institution, Role, grant_role
from lms.cohorts.cms import OPEN
from tests.architecture.access.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ENTERED = {name: route for name, route in routes().items() if route.path.startswith("/cms/")}
CMS = {name: route for name, route in ENTERED.items() if not {"<", "^"} & set(route.path)}


@pytest.fixture
def coordinator(now: datetime) -> User:
    house = Institution.objects.create(key="valserine", kind="university", name="Université de Valserine")
    user = User.objects.create_user("claire@valserine.example", None)
    grant_role(user=user, role=Role.COORDINATOR, institution=house, now=now)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_who_coordinates_alone_finds_nothing_else(coordinator: User) -> None:
    client = client_of(coordinator)
    assert len(CMS) > 60  # reports, choosers, searches, users, settings…
    opened = {name for name, route in CMS.items() if client.get(route.path).status_code != 404}
    assert "wagtailadmin_home" in opened
    assert opened <= OPEN


@pytest.mark.parametrize("path", ["reports/site-history/", "reports/workflow/", "choose-page/", "images/chooser/"])
def test_no_report_and_no_chooser(coordinator: User, path: str) -> None:
    assert client_of(coordinator).get(f"/cms/{path}").status_code == 404


def test_who_writes_as_well_has_what_writing_opens(coordinator: User) -> None:
    coordinator.user_permissions.add(Permission.objects.get(codename="view_itemdraft"))
    assert client_of(coordinator).get("/cms/reports/site-history/").status_code == 200
