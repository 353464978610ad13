"""Each door of the home page opens on the assessment of those it speaks to."""

import re

import pytest
from django.test import Client

from lms.assessments.models import Assessment
from lms.learning.api import create_home_pages

DOORS = {"Situer mes études": "student", "Situer ma pratique": "professional", "Faire le point": "citizen"}


@pytest.fixture
def page(bank: None, client: Client) -> str:
    create_home_pages()
    return client.get("/").content.decode()


@pytest.mark.parametrize(("words", "audience"), DOORS.items())
def test_a_door_leads_to_its_own_audience(page: str, client: Client, words: str, audience: str) -> None:
    found = re.search(rf'<a[^>]*href="(/evaluation/([a-z-]+)/)"[^>]*>{words}', page)
    assert found, words
    assert Assessment.objects.get(key=found[2]).audience == audience
    assert client.get(found[1]).status_code == 200


def test_the_great_button_opens_nothing_before_one_knows_what_comes(page: str) -> None:
    assert "/commencer" not in page
