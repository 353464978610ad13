"""Who may send a form that carries no cookie."""

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.kernel.urls")


def post(address="/anonymous", **headers):
    return Client(enforce_csrf_checks=True).post(address, {"a": "b"}, headers={"host": "socle.example", **headers})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://socle.example"},
        {"origin": "https://socle.example"},
        {"origin": "http://SOCLE.example", "sec-fetch-site": "same-origin"},
        {"origin": "http://socle.example:80"},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"host": "socle.example:8000", "origin": "http://socle.example:8000"},
    ],
)
def test_our_own_pages_and_programs_may(headers):
    assert post(**headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://evil.example"},
        {"origin": "https://socle.example.evil.example"},
        {"origin": "https://socle.example:8443"},
        {"origin": "http://[broken"},
        {"origin": "file://socle.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://other.socle.example", "sec-fetch-site": "same-site"},
        {"origin": "http://socle.example", "sec-fetch-site": "cross-site"},
    ],
)
def test_others_may_not_and_are_told(headers):
    response = post(**headers)
    assert response.status_code == 403
    assert "autre site" in response.text
    refused = post("/api/v1/anonymous", **headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "foreign_origin")


def test_a_plain_http_page_may_not_write_to_the_https_site(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert post(origin="https://socle.example", **{"x-forwarded-proto": "https"}).status_code == 200
    assert post(origin="http://socle.example", **{"x-forwarded-proto": "https"}).status_code == 403


def test_a_proxy_that_hides_the_host_can_be_told_of(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://front.example"]
    assert post(origin="https://front.example").status_code == 200


def test_reading_is_never_refused():
    response = Client().get("/anonymous", headers={"origin": "https://evil.example"})
    assert response.status_code == 200
