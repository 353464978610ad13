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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/evaluation/", "/evaluation/placement/commencer", "/verification/", "/compte/login/"]
)
def test_a_method_that_no_page_has_is_told_so(path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    for method in ("put", "patch", "delete"):
        refused = getattr(browser, method)(path)
        assert (refused.status_code, "GET" in refused["Allow"]) == (405, True)
        assert "Cette page ne sait pas faire cela." in refused.content.decode()


@pytest.mark.django_db
def test_an_empty_refusal_is_told_in_a_page() -> None:
    refused = Client().post("/verification/")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    assert "Revenir à l’accueil" in refused.content.decode()


def test_a_refusal_without_a_page_of_its_own_has_the_sentence() -> None:
    sent = {"HTTP_TRANSFER_ENCODING": "chunked", "HTTP_ACCEPT_LANGUAGE": "fr"}
    refused = Client().post("/evaluation/s/nowhere/reponse", **sent)
    assert refused.status_code == 411
    assert "rien n’a été enregistré" in refused.content.decode()
    assert "Cela n’a pas pu être reçu." in refused.content.decode()
    assert "/evaluation/s/nowhere/" in refused.content.decode()
