"""The API refuses a method as it refuses everything else: in JSON, in the caller's language."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("get", "/api/v1/attempts", "POST"),
        ("delete", "/api/v1/attempts/nowhere", "GET"),
        ("get", "/api/v1/attempts/nowhere/responses", "POST"),
    ],
)
def test_a_method_that_an_address_does_not_have(db: None, client: Client, method: str, path: str, allowed: str) -> None:
    response = getattr(client, method)(path, headers={"accept-language": "fr"})
    assert response.status_code == 405
    assert allowed in response["Allow"]
    assert response["Content-Type"] == "application/json"
    assert response.json()["error"]["code"] == "method_not_allowed"
    assert "méthode" in response.json()["error"]["message"]


def test_what_is_allowed_is_answered_as_before(db: None, client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["info"]["title"] == "Socle"
    fields = told["components"]["schemas"]["StartIn"]["properties"]
    assert not [name for name in ("assessment", "assignment") if "default" in fields[name]]
    answers = told["paths"]["/api/v1/attempts/{token}/responses"]["post"]["responses"]
    assert ("Idempotent-Replay" in answers["200"]["headers"], "Retry-After" in answers["503"]["headers"]) == (
        True,
        True,
    )
    assert "schema" in answers["200"]["content"]["application/json"]


@pytest.mark.parametrize("path", ["/api/v1/modules", "/api/v1/modules?level=nowhere", "/api/v1/attempts/nowhere"])
def test_head_is_answered_as_get_without_a_body(db: None, client: Client, path: str) -> None:
    asked, told = client.head(path), client.get(path)
    assert (asked.status_code, asked["Content-Type"]) == (told.status_code, told["Content-Type"])
    assert asked["Content-Length"] == str(len(told.content))
    assert asked.content == b""


def test_head_says_which_methods_there_are(db: None, client: Client) -> None:
    refused = client.head("/api/v1/attempts")
    assert (refused.status_code, refused["Allow"]) == (405, "POST")
    assert client.delete("/api/v1/modules")["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/attempts"])
def test_an_address_that_is_not_there_is_told_in_json(db: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    assert response.json()["error"]["code"] == "not_found"


def test_a_mistake_of_ours_is_told_in_json(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("lms.assessments.rest.start_attempt", fail)
    client = Client(raise_request_exception=False)
    broken = client.post(
        "/api/v1/attempts", {"assessment": "citizen"}, "application/json", headers={"accept-language": "fr"}
    )
    assert (broken.status_code, broken["Content-Type"]) == (500, "application/json")
    assert broken.json()["error"]["code"] == "broken"
    assert "de notre côté" in broken.json()["error"]["message"]


@pytest.mark.parametrize("body", ["", "[]", "null", "3", '"x"', "{"])
def test_a_body_that_is_no_object_is_unreadable(db: None, client: Client, body: str) -> None:
    for path in ("/api/v1/attempts", f"/api/v1/attempts/{'a' * 22}/responses"):
        told = client.post(path, body, "application/json", headers={"idempotency-key": "x"})
        assert (told.status_code, told.json()["error"]["code"]) == (400, "unreadable")


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"assessment": 3}, "assessment", "assessment : un texte est attendu."),
        ({"assessment": "placement", "x": 1}, "x", "x : ce champ n’existe pas."),
        ({"assessment": "é"}, "assessment", "assessment : le texte n’a pas la forme attendue : ^[-a-zA-Z0-9_]+$."),
        ({"assessment": "a" * 51}, "assessment", "assessment : le texte est trop long : 50 signes au plus."),
        ({"assessment": "a", "locale": "de"}, "locale", "locale : l’une de ces valeurs est attendue : 'fr', 'en'."),
    ],
)
def test_a_wrong_field_is_named_in_the_language_of_the_caller(
    db: None, client: Client, body: dict[str, object], field: str, sentence: str
) -> None:
    told = client.post("/api/v1/attempts", body, "application/json", headers={"accept-language": "fr"})
    assert told.status_code == 422
    assert told.json()["error"] == {"code": "invalid", "message": sentence, "field": field}
    told = client.post("/api/v1/attempts", body, "application/json", headers={"accept-language": "en"})
    assert told.json()["error"]["message"] != sentence
