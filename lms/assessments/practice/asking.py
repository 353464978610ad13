"""Putting an item on a page, and reading what comes back. Time is passed in; nothing is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import override

from question_bank import api as bank
from question_bank.errors import InvalidAnswer, NoRelease
from question_bank.types import Gesture, Release, ReleaseEntry

from ..errors import GestureImpossible
from .refusals import ItemNotOffered, TicketTooOld
from .tickets import Ticket
from .turns import Practice

ENVELOPE = frozenset({"ticket", "gesture", "step", "unknown"})


def ask(*, key: str, wording: str, now: datetime, release: Release | None = None) -> Practice:
    """Return the item `key` of the current release (`release`, when the caller has it), ready to be answered.

    `wording`: fr, plain or en; an item that is not worded so is in French. Raises ItemNotOffered.
    """
    found = _entry(release or bank.release(bank.current_release_id()), key)
    return _shown(found, Ticket.new(found.item_version_id, wording, now))


def ask_all(*, keys: Iterable[str], wording: str, now: datetime) -> dict[str, Practice]:
    """Return those of the items `keys` that the bank offers now, ready to be answered: one reading of the release."""
    try:
        release = bank.release(bank.current_release_id())
    except NoRelease:
        return {}
    offered = {entry.key: entry for entry in release.entries}
    found = [offered[key] for key in keys if key in offered]
    return {entry.key: _shown(entry, Ticket.new(entry.item_version_id, wording, now)) for entry in found}


def taken(*, data: QueryDict, now: datetime, release: Release | None = None) -> Practice:
    """Return where the practice stands after what a form sent: a gesture, or an answer.

    Whatever it holds, what is returned can be shown. Raises TicketUnreadable, or ItemNotOffered when the item has
    left the bank since.
    """
    ticket = Ticket.read(data.get("ticket", ""))
    entry = _entry_of(release or bank.release(bank.current_release_id()), ticket.version)
    try:
        ticket.ensure_fresh(now)
    except TicketTooOld as error:
        renewed = _shown(entry, ticket.renewed(now))
        return replace(renewed, form=_form(data), notice=error.sentence, status=error.status)
    return _moved(entry, ticket, data) if "gesture" in data else _answered(entry, ticket, data)


def _entry(release: Release, key: str) -> ReleaseEntry:
    for entry in release.entries:
        if entry.key == key:
            return entry
    raise ItemNotOffered


def _entry_of(release: Release, version: int) -> ReleaseEntry:
    """Return the item of a version; a version replaced since the page was made still answers for its item."""
    if version in release.index_of_version:
        return release.entries[release.index_of_version[version]]
    key = bank.item_content(version).key
    return replace(_entry(release, key), item_version_id=version)


def _shown(entry: ReleaseEntry, ticket: Ticket) -> Practice:
    content = bank.item_content(ticket.version)
    with override(ticket.language):  # the few words of ours inside an item
        item = bank.present(content, ticket.wording, ticket.mask, _gestures(ticket))
    return Practice(entry.key, entry.competency, content, ticket, item)


def _gestures(ticket: Ticket) -> list[Gesture]:
    content, read = bank.item_content(ticket.version), []
    for sent in ticket.gestures:
        gesture = bank.read_gesture(content, _sent(sent), ticket.mask)
        assert gesture is not None  # it was read before it was signed
        read.append(gesture)
    return read


def _sent(text: str) -> dict[str, str]:
    return dict(zip(("do", "on", "value"), text.split(" "), strict=False))


def _moved(entry: ReleaseEntry, ticket: Ticket, data: QueryDict) -> Practice:
    """Play one gesture. A double click plays it once: both carry the same ticket, and lead to the same page."""
    content, sent, done = bank.item_content(ticket.version), data.get("gesture", "").split(" ")[:3], _gestures(ticket)
    gesture = bank.read_gesture(content, _sent(" ".join(sent)), ticket.mask)
    refusal = bank.gesture_refusal(content, [*done, gesture]) if gesture else str(GestureImpossible.default_sentence)
    if refusal:
        return replace(_shown(entry, ticket), form={"values": {}, "errors": {"answer": refusal}}, status=422)
    return _shown(entry, ticket.after(" ".join(sent)))


def _answered(entry: ReleaseEntry, ticket: Ticket, data: QueryDict) -> Practice:
    shown, done = _shown(entry, ticket), _gestures(ticket)
    try:
        answer = bank.parse_form(shown.content, data, ticket.mask, done)
    except InvalidAnswer as error:
        errors = {error.field or "answer": error.sentence}
        return replace(shown, form=_form(data, errors), status=error.status)
    with override(ticket.language):
        told = bank.explain(shown.content, answer, ticket.wording)
    told |= {"title": shown.item["title"], "question": shown.item["question"], "item": shown.item}
    return replace(shown, answer=answer, outcome=bank.check(shown.content, answer), told=told)


def _form(data: QueryDict, errors: Mapping[str, str] | None = None) -> dict[str, Any]:
    lists = {name: values for name, values in data.lists() if name not in ENVELOPE}
    typed = {name: values if name == "choices" else values[-1] for name, values in lists.items()}
    return {"values": typed, "errors": dict(errors or {})}
