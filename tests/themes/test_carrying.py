"""Wishes follow their reader through redirects of other people's code, and go nowhere else."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from themes.middleware import CarryWishes

CASES = [
    ("/compte/confirm-email/", "/compte/confirm-email/?p=grand"),
    ("/a?b=1#ici", "/a?b=1&p=grand#ici"),
    ("/a?p=espace", "/a?p=espace"),
    ("https://autre.example/", "https://autre.example/"),
    ("//autre.example/", "//autre.example/"),
]


@pytest.mark.parametrize(("location", "expected"), CASES)
def test_a_redirect_keeps_the_wishes(location: str, expected: str, rf: RequestFactory) -> None:
    response = CarryWishes(lambda _: HttpResponseRedirect(location))(rf.get("/", {"p": "grand"}))
    assert response["Location"] == expected


def test_nothing_is_added_without_wishes(rf: RequestFactory) -> None:
    response = CarryWishes(lambda _: HttpResponseRedirect("/a"))(rf.get("/"))
    assert response["Location"] == "/a"


def test_a_page_is_left_alone(rf: RequestFactory) -> None:
    assert "Location" not in CarryWishes(lambda _: HttpResponse("x"))(rf.get("/", {"p": "grand"}))
