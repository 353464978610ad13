"""People are no content: no snippet, no model of an administration; the accounts of /cms/ are its administrators'."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from lms.accounts.api import User
from lms.cohorts.models import Cohort, Student
from question_bank.models import ItemDraft
from tests.architecture.access.asking import LOGIN
from tests.architecture.access.routes import routes
from tests.lms.walls.country import Country

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOMS_OF_PEOPLE = {"accounts", "cohorts", "assessments", "learning", "records", "prescribing", "dashboards"}
ACCOUNTS = ("/cms/users/", "/cms/users/results/", "/cms/users/new/", "/cms/groups/")
CMS = {name: route for name, route in routes().items() if route.path.startswith("/cms/")}
# What its login page is made of, passwords, and the API, which asks by itself who is there.
OPEN = ("/cms/sprite/", "/cms/jsi18n/", "/cms/login/", "/cms/logout/", "/cms/password_reset/", "/cms/api/")


def test_the_only_snippet_is_an_item() -> None:
    assert get_snippet_models() == [ItemDraft]


def test_no_administration_lists_people() -> None:
    assert not apps.is_installed("django.contrib.admin")
    models = [model for viewset in viewsets.viewsets if (model := getattr(viewset, "model", None))]
    listed = {apps.get_model(model) if isinstance(model, str) else model for model in models}
    assert not {model._meta.app_label for model in listed - {User}} & ROOMS_OF_PEOPLE


@pytest.mark.parametrize("role", ["coordinator", "author", "reviewer", "learner", "instructor", "pilot", "anonymous"])
def test_the_accounts_of_the_cms_are_for_its_administrators(role: str, written: Country) -> None:
    client = _client(written.people[role])
    for address in ACCOUNTS:
        assert client.get(address).status_code in (302, 404), address


def test_an_administrator_reads_there_of_nobody_s_studies(written: Country) -> None:
    """Accounts, by their address: no number, no institution, no cohort."""
    page = _client(written.people["superuser"]).get("/cms/users/").content.decode()
    assert written.people["learner"].email in page  # type: ignore[union-attr]
    assert not [one for one in Student.objects.order_by("pk") if one.student_number in page]
    assert not [one for one in Cohort.objects.order_by("pk") if one.name in page]


@pytest.mark.parametrize("role", ["anonymous", "learner", "instructor", "pilot"])
def test_whoever_writes_nothing_stays_at_the_door_of_the_cms(role: str, written: Country) -> None:
    logging.disable(logging.WARNING)
    client, entered = _client(written.people[role]), []
    for route in CMS.values():
        address = route.address({})
        for method in ("get", "post") if role == "learner" else ("get",):
            response: Any = getattr(client, method)(address)
            is_stopped = response.status_code in (403, 404, 405) or LOGIN.search(response.get("Location", ""))
            if not is_stopped and not address.startswith(OPEN):
                entered.append(f"{method} {address} {response.status_code}")
    logging.disable(logging.NOTSET)
    assert not entered


def _client(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
