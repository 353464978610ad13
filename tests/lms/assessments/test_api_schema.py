"""The API does what its description says, and the description is complete: schemathesis, with every check it has."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.db import connections
from hypothesis import HealthCheck, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from lms.assessments import rest
from lms.wsgi import application
from tests.lms.assessments.taking import ATTEMPTS, UNKNOWN, Taker

pytestmark = pytest.mark.django_db(transaction=True)  # each call closes its connection, as when served
CALM = settings(
    max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
ANSWER = f"{ATTEMPTS}/{{token}}/responses"
KEY = "Idempotency-Key"
REFUSED = {403, 404, 413, 422, 503}
STATUSES = {
    ("POST", ATTEMPTS): {201, 400, 409, *REFUSED},
    ("GET", f"{ATTEMPTS}/{{token}}"): {200, 404, 503},
    ("GET", f"{ATTEMPTS}/{{token}}/result"): {200, 404, 409, 503},
    ("POST", ANSWER): {200, 201, 400, 409, *REFUSED},
}
api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def own_connection() -> Iterator[None]:
    """Leave no connection that a served request closed."""
    yield
    connections.close_all()


@api.parametrize()
@CALM
def test_schemathesis_finds_nothing(case: Any, bank: None) -> None:
    # Which competencies exist is for the framework in force to say, not for the description.
    excluded = [positive_data_acceptance] if case.path.endswith("/modules") else []
    case.call_and_validate(excluded_checks=excluded)


def test_every_status_is_described() -> None:
    paths = api.raw_schema["paths"]
    described = {(method, path): set(map(int, paths[path][method.lower()]["responses"])) for method, path in STATUSES}
    assert described == STATUSES
    assert {path for path in paths if path.startswith(ATTEMPTS)} == {path for _, path in STATUSES}


def called(
    taker: Taker, path: str, method: str = "POST", headers: dict[str, str] | None = None, body: Any = None
) -> int:
    """Call an operation; fail if the response is not as described; return its status."""
    given = {} if body is None else {"body": body, "media_type": "application/json"}
    token = {"path_parameters": {"token": taker.token}} if "{" in path else {}
    case = api[path][method].Case(headers=headers or {}, **token, **given)
    return int(case.call_and_validate().status_code)


def answered(taker: Taker, payload: Any, key: str = "k", **headers: str) -> int:
    """Send an answer as the description says; return its status."""
    return called(taker, ANSWER, headers={**({KEY: key} if key else {}), **headers}, body=payload)


def check_as_described(taker: Taker) -> None:
    """Meet every status of the contract: each body is as the description says."""
    first, resume, result = taker.payload(), f"{ATTEMPTS}/{{token}}", f"{ATTEMPTS}/{{token}}/result"
    assert called(taker, ATTEMPTS, body={"assessment": "training"}) == 201
    assert called(taker, ATTEMPTS, body={"assessment": "nowhere"}) == 404
    assert called(taker, resume, "GET") == 200
    assert called(taker, result, "GET") == 409
    assert answered(taker, first, "") == 400
    assert answered(taker, first, Origin="https://elsewhere.example") == 403
    assert answered(taker, {**first, "item": "x" * 70_000}) == 413
    assert answered(taker, {**first, "answer": {"kind": "nothing"}}) == 422
    assert [answered(taker, first) for _ in range(2)] == [201, 200]
    assert answered(taker, {**first, "answer": {}}) == 422
    assert answered(taker, first, "late") == 409
    taker.body = taker.resume().json()
    taker.finish()
    assert answered(taker, {"item": "x", "answer": UNKNOWN}, "after") == 409
    assert answered(taker, taker.sent[-1][1], taker.sent[-1][0]) == 200
    assert [called(taker, path, "GET") for path in (resume, result)] == [200, 200]
    assert answered(Taker(token="A" * 22), first) == 404


def test_every_body_of_the_contract_is_as_described(taker: Taker) -> None:
    check_as_described(taker)


@pytest.mark.parametrize("gone", ["segments", "choices"])
def test_mutant_that_serves_less_than_it_describes(taker: Taker, monkeypatch: pytest.MonkeyPatch, gone: str) -> None:
    def less(step: Any) -> dict[str, Any]:
        body = whole(step)
        body.get("item", {}).pop(gone, None)
        return body

    whole = rest.as_body
    monkeypatch.setattr(rest, "as_body", less)
    with pytest.raises(FailureGroup):
        check_as_described(taker)
