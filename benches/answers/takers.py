"""Virtual takers: each goes through whole attempts with answers drawn at random, always valid."""

from __future__ import annotations

import hashlib
import html
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from random import Random
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from .messages import Acknowledged, Exchanges, Record, Request, expect

ASSESSMENTS = ("placement", "professional", "citizen")
WORDS = ("chiffrement", "dossier médical partagé", "consentement", "112", "2018", "hameçonnage")
UNKNOWN_SHARE = 0.05


class Taker(ABC):
    """One person; `start` and `answer` yield requests and are sent their replies."""

    def __init__(self, seed: int, cookie: str) -> None:
        self.random, self.record = Random(seed), Record()
        self.cookie = (("Cookie", f"sessionid={cookie}"),) if cookie else ()
        self.token, self.is_finished, self.answered, self.acknowledged_at = "", True, 0, 0.0

    @abstractmethod
    def start(self) -> Exchanges:
        """Begin a new attempt, up to its first item."""

    @abstractmethod
    def answer(self) -> Exchanges:
        """Answer the item on screen, up to what comes next. Raises Unexpected."""

    def _acknowledged(self, key: str, payload: object) -> None:
        """Keep what must now be on disk, with the digest the server writes beside it."""
        digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        self.record.answers.append(Acknowledged(self.token, key, digest))
        self.acknowledged_at = monotonic()
        self.answered += 1

    def _begun(self, token: str) -> None:
        self.token, self.is_finished, self.answered = token, False, 0


class ProgramTaker(Taker):
    """Goes through the API."""

    item: dict[str, Any]

    def start(self) -> Exchanges:
        assessment = self.random.choice(ASSESSMENTS)
        reply = yield self._post("/api/v1/attempts", {"assessment": assessment, "locale": "fr"})
        body = json.loads(expect(reply, 201).body)
        self._begun(body["attempt"])
        self.item = body["item"]

    def answer(self) -> Exchanges:
        item, answer, key = self.item["id"], any_answer(self.item, self.random), f"{self.random.getrandbits(96):024x}"
        path = f"/api/v1/attempts/{self.token}/responses"
        reply = yield self._post(path, {"item": item, "answer": answer}, ("Idempotency-Key", key))
        body = json.loads(expect(reply, 201, 200).body)
        self._acknowledged(key, [item, answer])
        self.is_finished = "item" not in body
        self.item = body.get("item", {})

    def _post(self, path: str, body: object, *headers: tuple[str, str]) -> Request:
        typed = (("Content-Type", "application/json"), *headers, *self.cookie)
        return Request("POST", path, json.dumps(body).encode(), typed)


class ReaderTaker(Taker):
    """Goes through the pages, as a browser without JavaScript does: a POST, its 303, the page behind it."""

    page: str

    def start(self) -> Exchanges:
        path = f"/evaluation/{self.random.choice(ASSESSMENTS)}/commencer"
        address = expect((yield self._form(path, {})), 303).headers["location"]
        self.page = expect((yield Request("GET", address, headers=self.cookie)), 200).body.decode()
        self._begun(address.split("/")[3])

    def answer(self) -> Exchanges:
        fields = any_form(self.page, self.random)
        key = fields["key"][0]
        address = expect((yield self._form(f"/evaluation/s/{self.token}/reponse", fields)), 303).headers["location"]
        self._acknowledged(key, {name: values for name, values in fields.items() if name != "key"})
        self.page = expect((yield Request("GET", address, headers=self.cookie)), 200).body.decode()
        self.is_finished = address.endswith("/profil")

    def _form(self, path: str, fields: dict[str, list[str]], *more: tuple[str, str]) -> Request:
        typed = ("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")
        return Request("POST", path, urlencode(fields, doseq=True).encode(), (*typed, *more, *self.cookie))


class BrowserTaker(ReaderTaker):
    """Goes through the pages, as a browser with JavaScript does: a POST brings the next page in one exchange."""

    def answer(self) -> Exchanges:
        fields = any_form(self.page, self.random)
        path, key = f"/evaluation/s/{self.token}/reponse", fields["key"][0]
        reply = expect((yield self._form(path, fields, ("X-Requested-With", "sitting"))), 200, 303)
        self._acknowledged(key, {name: values for name, values in fields.items() if name != "key"})
        self.is_finished = reply.status == 303
        self.page = reply.body.decode()


TAKERS: dict[str, type[Taker]] = {"program": ProgramTaker, "reader": ReaderTaker, "browser": BrowserTaker}


def any_answer(item: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return a valid answer to an item of the API, now and then “I do not know”."""
    if random.random() < UNKNOWN_SHARE:
        return {"kind": "unknown"}
    choices = [choice["id"] for choice in item["choices"]]
    return {"kind": item["answer_kind"], "value": _value(item, choices, random)}


def _value(item: dict[str, Any], choices: list[str], random: Random) -> Any:
    match item["answer_kind"]:
        case "choice":
            return random.choice(choices)
        case "choices":
            return some(choices, random)
        case "order":
            return random.sample(choices, len(choices))
        case "number":
            return {"value": str(random.randint(1, 200)), "unit": random.choice(item["units"])["id"]}
        case "pairs":
            return {prompt["id"]: random.choice(choices) for prompt in item["prompts"]}
        case "actions":
            return [{name: one[name] for name in ("do", "on", "value")} for one in _possible(item)[:1]]
        case "blanks":
            blanks = [segment for segment in item["segments"] if "blank" in segment]
            return {blank["blank"]: _filled(blank, random) for blank in blanks}
    return random.choice(WORDS)


def _filled(blank: dict[str, Any], random: Random) -> str:
    return str(random.choice(blank["choices"])["id"]) if "choices" in blank else random.choice(WORDS)


def _possible(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [gesture for gesture in item["simulation"]["gestures"] if gesture["is_possible"]]


def some(choices: Sequence[str], random: Random) -> list[str]:
    """Return one choice or several, each once."""
    return random.sample(choices, random.randint(1, len(choices)))


HIDDEN = re.compile(r'<input type="hidden" name="(key|item)" value="([^"]*)"')
TICKED = re.compile(r'<input type="(radio|checkbox)" name="(choice|choices)" value="([^"]*)"')
SELECT = re.compile(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"')
TYPED = re.compile(r'<input(?: id="text")? name="(text|value|blank-[^"]+)"')


def any_form(page: str, random: Random) -> dict[str, list[str]]:
    """Return the fields of the form of a question page, filled with a valid answer; now and then “I do not know”."""
    form = page[page.index("data-sitting") :]
    fields = {name: [html.unescape(value)] for name, value in HIDDEN.findall(form)}
    if random.random() < UNKNOWN_SHARE or 'name="step"' in form:  # gestures are not what is measured here
        return {**fields, "unknown": ["1"]}
    ticked = [value for _type, _name, value in TICKED.findall(form)]
    if ticked:
        name = TICKED.findall(form)[0][1]
        fields[name] = some(ticked, random) if name == "choices" else [random.choice(ticked)]
    for name in TYPED.findall(form):
        fields[name] = [str(random.randint(1, 200)) if name == "value" else random.choice(WORDS)]
    return {**fields, **_selected(form, random)}


def _selected(form: str, random: Random) -> dict[str, list[str]]:
    selects = {name: OPTION.findall(options) for name, options in SELECT.findall(form)}
    ranks = [str(rank) for rank in range(1, len(selects) + 1)]
    random.shuffle(ranks)
    return {
        name: [ranks.pop() if name.startswith("order-") else random.choice(options)]
        for name, options in selects.items()
    }
