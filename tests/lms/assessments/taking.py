"""Someone who takes an assessment through the API: asks, answers, repeats."""

import json
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from lms.assessments.models import Attempt, Response
from question_bank import api as bank

ATTEMPTS = "/api/v1/attempts"
JSON = "application/json"
UNKNOWN = {"kind": "unknown"}
INTERACTIONS = (
    "single_choice", "multiple_choice", "number", "text", "order", "match", "inline_choice", "fill_in", "hotspot",
    "categorize", "graded_choice",
)  # fmt: skip


def right_shape(item: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of the right shape to an item, made of what is proposed; whether it is right is luck."""
    choices = [choice["id"] for choice in item["choices"]]
    kind = item["answer_kind"]
    value = {
        "choice": lambda: choices[0],
        "choices": lambda: choices[:2],
        "number": lambda: {"value": "72", "unit": item["units"][0]["id"]},
        "text": lambda: "mot",
        "order": lambda: choices,
        "pairs": lambda: {p["id"]: c for p, c in zip(item["prompts"], cycle(choices), strict=False)},
        "actions": lambda: [sent_gesture(one) for one in item["simulation"]["gestures"] if one["is_possible"]][:1],
        "blanks": lambda: {s["blank"]: _filled(s) for s in item["segments"] if "blank" in s},
    }[kind]()
    return {"kind": kind, "value": value}


def sent_gesture(gesture: dict[str, Any]) -> dict[str, str]:
    """Return a gesture of an item as the API takes it."""
    return {name: gesture[name] for name in ("do", "on", "value")}


def _filled(segment: dict[str, Any]) -> str:
    """Return the first choice of a menu, or a word to type."""
    return str(segment["choices"][0]["id"]) if "choices" in segment else "mot"


@dataclass
class Taker:
    """A program that takes one attempt, and keeps what it was told."""

    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    token: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    told: list[bytes] = field(default_factory=list)
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def start(self, assessment: str = "placement", locale: str = "fr") -> "Taker":
        """Open an attempt."""
        response = self.post(ATTEMPTS, {"assessment": assessment, "locale": locale})
        assert response.status_code == 201, response.content
        self.body = response.json()
        self.token = self.body["attempt"]
        return self

    @property
    def item(self) -> dict[str, Any]:
        """The item on screen."""
        return dict(self.body["item"])

    @property
    def attempt(self) -> Attempt:
        """The attempt's row, as it is now."""
        return Attempt.objects.get(token=self.token)

    @property
    def responses(self) -> list[Response]:
        """The rows of its answers, in order."""
        return list(Response.objects.filter(attempt__token=self.token).order_by("position"))

    def payload(self) -> dict[str, Any]:
        """Return an answer to the item on screen, in the envelope."""
        return {"item": self.item["id"], "answer": right_shape(self.item)}

    def send(self, payload: dict[str, Any], key: str | None, **headers: str) -> HttpResponse:
        """Send an answer once, and only report what comes back."""
        given = {"Idempotency-Key": key} if key is not None else {}
        return self.post(f"{ATTEMPTS}/{self.token}/responses", payload, **given, **headers)

    def answer(self, payload: dict[str, Any] | None = None, key: str = "") -> HttpResponse:
        """Answer the item on screen and go on."""
        payload, key = payload or self.payload(), key or uuid4().hex
        response = self.send(payload, key)
        assert response.status_code == 201, response.content
        self.told.append(response.content)
        self.sent.append((key, payload))
        self.body = response.json()
        return response

    def meet(self, interaction: str) -> "Taker":
        """Have an item of this interaction on screen, as if it had been chosen."""
        attempt = self.attempt
        entries = bank.release(attempt.bank_release_id).entries
        place = next(
            index
            for index, entry in enumerate(entries)
            if entry.interaction == interaction and index not in attempt.selection_log[:-1]
        )
        Attempt.objects.filter(pk=attempt.pk).update(selection_log=[*attempt.selection_log[:-1], place])
        self.body = self.resume().json()
        return self

    def finish(self) -> "Taker":
        """Answer to the end."""
        while "item" in self.body:
            self.answer()
        return self

    def resume(self) -> HttpResponse:
        """Ask where the attempt is."""
        return self.client.get(f"{ATTEMPTS}/{self.token}")

    def post(self, address: str, payload: Any, **headers: str) -> HttpResponse:
        """Send JSON (or bytes as they are)."""
        body = payload if isinstance(payload, bytes | str) else json.dumps(payload)
        return self.client.post(address, body, content_type=JSON, headers=headers)
