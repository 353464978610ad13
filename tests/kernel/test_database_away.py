"""The database is away: 503, when to come back, and nothing typed is lost."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError

from kernel.middleware import is_away

pytestmark = pytest.mark.urls("tests.kernel.urls")


@pytest.mark.parametrize("name", ["operational", "interface", "pool", "locked"])
def test_a_page_says_so(client, name):
    response = client.get(f"/failing/{name}")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response["Content-Type"].startswith("text/html")
    assert "Le service ne répond pas" in response.text
    assert not response.cookies


def test_a_program_gets_json(client):
    response = client.get("/api/v1/failing/operational")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json()["error"]["code"] == "unavailable"


def test_what_was_typed_is_in_the_page_to_be_sent_again(client):
    typed = {"key": "k-1", "text": "J’ai <écrit> ceci", "choices": ["a", "b"], "csrfmiddlewaretoken": "t"}
    response = client.post("/failing/operational?a=b", typed)
    assert response.status_code == 503
    assert "J’ai &lt;écrit&gt; ceci" in response.text
    for name, value in [("key", "k-1"), ("choices", "a"), ("choices", "b"), ("csrfmiddlewaretoken", "t")]:
        assert f'name="{name}" value="{value}"' in response.text
    assert 'action="/failing/operational?a=b"' in response.text
    assert "refresh" not in response.text
    assert response["Cache-Control"] == "no-store"


def test_a_password_is_never_shown_again(client):
    response = client.post("/failing/operational", {"login": "a@example.org", "password": "secret"})
    assert response.status_code == 503
    assert "secret" not in response.text


def test_a_mistake_in_our_code_is_not_an_absence(client):
    with pytest.raises(OperationalError, match="no such table"):
        client.get("/failing/mistake")


def test_an_error_in_a_middleware_is_seen_too(client, monkeypatch):
    def unreachable(self, *args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(SessionStore, "save", unreachable)
    monkeypatch.setattr("tests.kernel.urls.failing", lambda request, name: None)
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_response", unreachable)
    response = client.get("/anonymous")
    assert response.status_code == 503


def test_what_is_away():
    assert is_away(OperationalError("database is locked"))
    assert not is_away(OperationalError('near "SELEC": syntax error'))
    assert not is_away(ValueError("database is locked"))
