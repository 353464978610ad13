"""Whatever is sent, the answer is a sentence: never a crash, never a row."""

import json
from typing import Any

import pytest
from django.test import Client

from lms.assessments.middleware import LARGEST_BODY
from lms.assessments.models import Attempt, Response
from tests.lms.assessments.taking import ATTEMPTS, INTERACTIONS, JSON, Taker

TEXTS = [
    "\u0000",
    "a\u0000b",
    "😀👩‍⚕️",
    "\u202eאבג\u202c",
    "é" * 10_000,
    "\ud800",
    "\r\n\t",
    "<script>",
    "%s{}",
    "’ « » \u00a0",
]
DEEP = [b'{"item": "a", "answer": {"kind": ' + b"[" * n + b"]" * n + b"}}" for n in (50, 300, 900, 950, 5_000, 30_000)]
BODIES = {
    "nothing": b"",
    "not JSON": b"{",
    "not UTF-8": b'{"item": "\xff\xfe"}',
    "a huge whole number": b'{"item": "a", "answer": {"kind": "number", "value": ' + b"9" * 5_000 + b"}}",
    "a big whole number": b'{"item": "a", "answer": {"kind": "number", "value": ' + b"9" * 4_000 + b"}}",
    "not a number": b'{"item": "a", "answer": {"kind": "number", "value": NaN}}',
    "infinity": b'{"item": "a", "answer": {"kind": "number", "value": -1e999}}',
    "a list": b"[]",
    "a text": b'"answer"',
    "null": b"null",
    "a null item": b'{"item": null, "answer": {}}',
    "a number as item": b'{"item": 1, "answer": {}}',
    "one field too many": b'{"item": "a", "answer": {}, "\\ud800": 1}',
    "a NUL item": b'{"item": "\\u0000", "answer": {}}',
    "a surrogate item": b'{"item": "\\ud800", "answer": {"kind": "\\udfff"}}',
    **{f"{body.count(b'[')} deep": body for body in DEEP},
}


def check_refused(response: Any) -> dict[str, Any]:
    """Return the error, which is ours and says a sentence."""
    assert response.status_code in {400, 409, 413, 422}, response.content
    error: dict[str, Any] = response.json()["error"]
    assert error["code"]
    assert error["message"]
    return error


@pytest.mark.parametrize("name", BODIES)
def test_a_body_of_any_kind_is_refused_with_a_sentence(taker: Taker, name: str) -> None:
    address = f"{ATTEMPTS}/{taker.token}/responses"
    check_refused(taker.post(address, BODIES[name], **{"Idempotency-Key": "k"}))
    check_refused(taker.post(ATTEMPTS, BODIES[name]))
    assert not Response.objects.exists()
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded", ""]
)
def test_the_content_type_changes_nothing_to_what_the_body_is(taker: Taker, kind: str) -> None:
    check_refused(taker.client.post(ATTEMPTS, b"--x\r\nnot a form", kind))


@pytest.mark.parametrize("assessment", ["", "\u0000", "\ud800", "é", "a b", "x" * 51, "../..", "😀"])
def test_the_name_of_an_assessment_is_read_before_it_is_looked_up(bank: None, assessment: str) -> None:
    error = check_refused(Taker().post(ATTEMPTS, {"assessment": assessment}))
    assert error["field"] == "assessment"


def test_an_assessment_that_is_not_there_is_a_404(bank: None) -> None:
    assert Taker().post(ATTEMPTS, {"assessment": "nowhere"}).status_code == 404
    assert Client().post("/evaluation/nowhere/commencer").status_code == 404


@pytest.mark.parametrize("locale", ["de", "FR", "", None, 1, "fr\u0000", ["fr"], {}])
def test_a_locale_that_is_not_ours_is_refused_by_name(bank: None, locale: Any) -> None:
    assert check_refused(Taker().post(ATTEMPTS, {"assessment": "placement", "locale": locale}))["field"] == "locale"


# The wrong shape, for each interaction

MISSHAPEN: dict[str, list[Any]] = {
    "choice": [None, "", "nowhere", 1, [], {}, "\u0000", "\ud800"],
    "choices": [None, [], "a", ["nowhere"], [None], [[]], [{}], ["\ud800"]],
    "number": [None, "", "abc", {"value": "1"}, {"value": "1", "unit": "no"}, {"value": [], "unit": {}}, True, 1e30],
    "text": [None, "", " ", 1, [], "\u0000", "\ud800", "é" * 10_000],
    "order": [None, [], ["nowhere"], "a", [[]], {}],
    "pairs": [None, {}, {"nowhere": "nowhere"}, [], {"": None}],
    "blanks": [None, {}, {"nowhere": "nowhere"}, [], {"": None}],
}  # fmt: skip


def check_misshapen(taker: Taker) -> None:
    """Send the item on screen every wrong shape: none is taken, each refusal names a field."""
    item, kind = taker.item["id"], taker.item["answer_kind"]
    wrong = [{"kind": kind, "value": value} for value in MISSHAPEN[kind]]
    for answer in [*wrong, {}, {"kind": None}, {"kind": []}, {"kind": "nothing"}, {"value": "a"}, {"kind": "actions"}]:
        refused = taker.send({"item": item, "answer": answer}, "k")
        assert (refused.status_code, bool(refused.json()["error"]["field"])) == (422, True), (answer, refused.content)
    assert taker.resume().json() == taker.body


def test_a_wrong_shape_is_refused_by_name_for_every_interaction(bank: None) -> None:
    for interaction in INTERACTIONS:
        taker = Taker().start().meet(interaction)
        check_misshapen(taker)
        taker.answer()


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_stored_or_refused(bank: None, text: str) -> None:
    taker = Taker().start().meet("text")
    response = taker.send({"item": taker.item["id"], "answer": {"kind": "text", "value": text}}, "k")
    if response.status_code == 201:
        assert taker.responses[-1].answer == {"kind": "text", "value": text.strip()}
    else:
        assert check_refused(response)["field"] == "value"


# Size


def _of_size(size: int) -> bytes:
    body = json.dumps({"item": "a", "answer": {"kind": "text", "value": ""}}).encode()
    return body[:-3] + b"x" * (size - len(body)) + body[-3:]


def test_a_body_over_64_ko_is_refused_with_a_sentence(taker: Taker) -> None:
    address, key = f"{ATTEMPTS}/{taker.token}/responses", {"Idempotency-Key": "k"}
    assert check_refused(taker.post(address, _of_size(LARGEST_BODY), **key))["code"] == "item_never_served"
    for size in (LARGEST_BODY + 1, 3_000_000):
        refused = taker.post(address, _of_size(size), **key)
        assert refused.status_code == 413
        assert "64" in check_refused(refused)["message"]
        assert taker.post(ATTEMPTS, _of_size(size)).status_code == 413


def test_on_a_page_too(taker: Taker) -> None:
    address = f"/evaluation/s/{taker.token}/"
    for where in (address + "reponse", "/en" + address + "reponse", address + "signaler/1", address + "garder"):
        refused = taker.client.post(where, {"text": "x" * 70_000})
        assert (refused.status_code, b"64" in refused.content) == (413, True)
        leads_back = f'href="{where.removesuffix("reponse")}"' in refused.content.decode()
        assert leads_back == where.endswith("reponse")


@pytest.mark.parametrize("length", ["-1", "abc", "", "1e9", "99999999999999999999"])
def test_a_length_that_lies_crashes_nothing(taker: Taker, length: str) -> None:
    response = taker.client.post(
        f"{ATTEMPTS}/{taker.token}/responses", b"{}", JSON, headers={"Idempotency-Key": "k"}, CONTENT_LENGTH=length
    )
    check_refused(response)


# Methods


def test_methods_that_are_not_there_are_refused_with_those_that_are(taker: Taker) -> None:
    address = f"{ATTEMPTS}/{taker.token}"
    for method in ("put", "patch", "delete", "trace"):
        for where in (ATTEMPTS, address, address + "/responses", address + "/result"):
            refused = getattr(taker.client, method)(where)
            assert (refused.status_code, bool(refused["Allow"])) == (405, True)
    assert taker.client.get(address + "/responses").status_code == 405
    for method in ("head", "options"):
        assert getattr(taker.client, method)(address).status_code in {200, 405}
    assert not Response.objects.exists()


def test_an_address_of_the_api_that_is_not_there_says_so_to_programs(bank: None) -> None:
    missing = Client().get("/api/v1/nowhere")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")
