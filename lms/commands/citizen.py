"""Someone who uses the pages without JavaScript: reads a form, fills it, sends it (`./demo --check`)."""

import http.cookiejar
import json
import random
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from lms.demonstration.roles import VISITORS

MOST_ITEMS = 60


class CheckFailed(Exception):
    """A page did not do what it should; the message says which."""


@dataclass
class Form:
    """A form of a page: where it goes, its fields and the values each may take (None: anything typed)."""

    action: str
    method: str
    fields: dict[str, list[str | None]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    gestures: list[str] = field(default_factory=list)  # of a simulation: each a button
    end: str = ""  # where its answer goes, once they are made


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "form":
            self.found.append(Form(values.get("action") or "", values.get("method") or "get"))
        elif self.found and tag in ("input", "select", "textarea", "option"):
            self._control(tag, values)
        elif self.found and tag == "button":
            self._button(values)

    def _button(self, values: dict[str, str | None]) -> None:
        form = self.found[-1]
        form.end = form.end or values.get("formaction") or ""
        if values.get("name") == "gesture":
            form.gestures.append(values.get("value") or "")

    def _control(self, tag: str, values: dict[str, str | None]) -> None:
        form, name = self.found[-1], values.get("name") or ""
        if tag == "select":
            self._select = name
            form.fields[name], form.types[name] = [], "select"
        elif tag == "option":
            if values.get("value"):
                form.fields[self._select].append(values["value"])
        elif name:
            form.types[name] = values.get("type") or "text"
            is_given = form.types[name] in ("hidden", "radio", "checkbox")
            form.fields.setdefault(name, []).append(values.get("value") if is_given else None)


class Browser:
    """Follows redirects, keeps the cookies it is given, knows nothing else."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.url = base

    def get(self, address: str) -> str:
        """Return the page at `address`. Raises CheckFailed unless it is there."""
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.url, address)))  # noqa: S310 - our own address

    def post(self, address: str, data: list[tuple[str, str]]) -> str:
        """Send a form and return the page it leads to. Raises CheckFailed unless it does."""
        headers = {"Origin": self.base}
        body = urllib.parse.urlencode(data).encode()
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.url, address), body, headers))  # noqa: S310

    def _open(self, request: urllib.request.Request) -> str:
        try:
            with self._opener.open(request, timeout=30) as answer:
                self.url = answer.geturl()
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            raise CheckFailed(f"{request.get_method()} {request.full_url} gave {error.code}") from error


def play(base: str) -> dict[str, Any]:
    """Sit the citizens' assessment, enter as each role, and return the profile. Raises CheckFailed."""
    profile = sit(Browser(base))
    for visitor in VISITORS:
        _enter(Browser(base), visitor.key, visitor.page)
    return profile


def sit(browser: Browser, *, seed: int = 1) -> dict[str, Any]:
    """Answer every item of the citizens' assessment, at random; return the profile."""
    chance = random.Random(seed)  # noqa: S311 - a play, not a secret
    page = browser.post(_form(browser.get("/evaluation/citizen/")).action, [])
    for _ in range(MOST_ITEMS):
        if _is_at_profile(browser):
            break
        page = _answer(browser, _form(page), chance)
    if list(browser.cookies):
        raise CheckFailed("an anonymous sitting set a cookie")
    if not _is_at_profile(browser):
        raise CheckFailed(f"the sitting ended at {browser.url}, not at a profile")
    whole = json.loads(browser.get(browser.url + ".json"))
    return {name: whole[name] for name in ("answered", "stop_reason", "overall", "domains")}


def _answer(browser: Browser, form: Form, chance: random.Random) -> str:
    """Send the form and return what comes next; of a simulation, make one gesture first."""
    if form.gestures:
        moved = browser.post(form.action, [*_filled(form, chance), ("gesture", chance.choice(form.gestures))])
        form = _form(moved)
    return browser.post(form.end or form.action, _filled(form, chance))


def _is_at_profile(browser: Browser) -> bool:
    return urllib.parse.urlsplit(browser.url).path.endswith("/profil")


def _enter(browser: Browser, key: str, expected: str) -> None:
    browser.get("/")
    browser.post(f"/visite/{key}", [])
    if urllib.parse.urlsplit(browser.url).path != expected:
        raise CheckFailed(f"entering as {key} led to {browser.url}, not to {expected}")


def _form(page: str) -> Form:
    forms = [form for form in Forms(page).found if form.method.lower() == "post"]
    if not forms:
        raise CheckFailed("a page has no form to go on with")
    return forms[0]


def _filled(form: Form, chance: random.Random) -> list[tuple[str, str]]:
    """Fill the form: hidden fields as they are, ranks all different, the rest at random."""
    data = [(name, str(form.fields[name][0])) for name, kind in form.types.items() if kind == "hidden"]
    ranks = [name for name in form.fields if name.startswith("order-")]
    data += [(name, str(rank)) for rank, name in enumerate(chance.sample(ranks, len(ranks)), start=1)]
    others = [name for name, kind in form.types.items() if kind != "hidden" and name not in ranks and name != "p"]
    return data + [(name, _value(form, name, chance)) for name in others]


def _value(form: Form, name: str, chance: random.Random) -> str:
    choices = [value for value in form.fields[name] if value is not None]
    return chance.choice(choices) if choices else str(chance.randint(1, 72))
