"""Someone who takes an assessment through the pages, without JavaScript, and reads what is written on them."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils.http import urlencode

from lms.assessments import steps
from lms.assessments.models import Attempt, Response
from tests.lms.assessments.taking import right_shape

HIDDEN = re.compile(r'<input type="hidden" name="(key|item|step)" value="([^"]*)">')
FORM = "application/x-www-form-urlencoded"
SCRIPT = {"X-Requested-With": "sitting"}


def fields_of(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Return an answer of the API as the fields of a form."""
    value = answer.get("value")
    match answer["kind"]:
        case "actions":
            return [("gesture", f"{one['do']} {one['on']} {one['value']}".strip()) for one in value]
        case "unknown":
            return [("unknown", "1")]
        case "choice":
            return [("choice", value)]
        case "choices":
            return [("choices", choice) for choice in value]
        case "number":
            return [("value", value["value"]), ("unit", value["unit"])]
        case "text":
            return [("text", value)]
        case "order":
            return [(f"order-{opaque}", str(rank)) for rank, opaque in enumerate(value, 1)]
    prefix = "pair" if answer["kind"] == "pairs" else "blank"
    return [(f"{prefix}-{opaque}", choice) for opaque, choice in value.items()]


@dataclass
class Reader:
    """A person and their browser; `hidden` is what the form on screen carries."""

    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    address: str = ""
    prefix: str = ""
    hidden: dict[str, str] = field(default_factory=dict)

    def begin(self, assessment: str = "placement") -> "Reader":
        """Open an attempt from its first page."""
        assert self.client.get(f"{self.prefix}/evaluation/{assessment}/").status_code == 200
        opened = self.client.post(f"{self.prefix}/evaluation/{assessment}/commencer")
        assert opened.status_code == 303
        self.address = opened["Location"]
        self.look()
        return self

    @property
    def token(self) -> str:
        """The attempt's address."""
        return self.address.split("/s/")[1].split("/")[0]

    @property
    def responses(self) -> list[Response]:
        """The rows of its answers, in order."""
        return list(Response.objects.filter(attempt__token=self.token).order_by("position"))

    def look(self) -> HttpResponse:
        """Open (or reload) the page of the item on screen."""
        page = self.client.get(self.address)
        self.hidden = hidden_of(page)
        return page

    def fields(self) -> list[tuple[str, str]]:
        """Return an answer to the item on screen, with what the form carries."""
        if self.hidden.get("step") == "1":
            self.act()
        return self._fields()

    def _fields(self) -> list[tuple[str, str]]:
        item = steps.current(Attempt.objects.get(token=self.token)).item or {}
        return [*self.hidden.items(), *fields_of(right_shape(item))]

    def send(self, fields: list[tuple[str, str]], **headers: str) -> HttpResponse:
        """Send a form once."""
        return self.client.post(f"{self.address}reponse", urlencode(fields), content_type=FORM, headers=headers)

    def act(self) -> HttpResponse:
        """Make the first gesture of a simulation, and follow."""
        sent = self.client.post(f"{self.address}geste", urlencode(self._fields()), content_type=FORM)
        assert sent.status_code == 303, sent.content
        return self.look()

    def answer(self) -> HttpResponse:
        """Answer and follow, as a browser does."""
        sent = self.send(self.fields())
        assert sent.status_code == 303, sent.content
        page = self.client.get(sent["Location"])
        self.hidden = hidden_of(page)
        return page


def hidden_of(page: HttpResponse) -> dict[str, str]:
    """Return what the sitting's form carries, if the page has one."""
    return {name: unescape(value) for name, value in HIDDEN.findall(page.content.decode())}
