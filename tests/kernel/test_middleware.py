"""The policy of a page is composed once, unless the page asked for one of its own."""

import pytest
from csp.utils import build_policy
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from kernel.middleware import ContentPolicyMiddleware

HEADER = "Content-Security-Policy"


def policy_of(response: HttpResponse, path: str = "/") -> str | None:
    """Return the policy that a page at `path` is sent with."""
    sent = ContentPolicyMiddleware(lambda _: response)(RequestFactory().get(path))
    return sent.headers.get(HEADER)


def test_the_usual_policy_is_that_of_the_settings() -> None:
    assert policy_of(HttpResponse()) == build_policy()


def test_a_page_with_wishes_has_its_own() -> None:
    asked, exempt = HttpResponse(), HttpResponse()
    asked._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    exempt._csp_exempt = True  # type: ignore[attr-defined]
    assert "frame-ancestors 'self'" in (policy_of(asked) or "")
    assert policy_of(exempt) is None
    assert policy_of(HttpResponse(headers={HEADER: "default-src 'none'"})) == "default-src 'none'"


def test_screens_of_wagtail_have_none() -> None:
    assert policy_of(HttpResponse(), "/cms/") is None
    assert policy_of(HttpResponse(), "/cmsx/") == build_policy()


@override_settings(DEBUG=True)
def test_a_mistake_is_shown_whole_to_a_developer() -> None:
    assert policy_of(HttpResponse(status=500)) is None


@pytest.mark.django_db
def test_every_page_has_one(client: Client) -> None:
    assert client.get("/mentions-legales/")[HEADER] == build_policy()
