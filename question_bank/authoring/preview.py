"""What a learner will see of a draft: the page of the sitting, then that of the explanation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from question_bank.interactions import (
    ItemContent,
    OptionMask,
    build_content,
    explain,
    gesture_refusal,
    is_played,
    present,
    read_gesture,
)
from question_bank.interactions.building import WORDINGS
from question_bank.types import Gesture

from . import labels
from .gates import judge
from .sentences import about

if TYPE_CHECKING:
    from .models import ItemDraft

MASK = OptionMask(b"preview of a draft")
MOST_GESTURES = 60  # an address has its limits


def modes(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return one mode per audience and wording that the item has: `citizen.plain`, “citoyens, français simple”."""
    audiences = [name for name in labels.AUDIENCES if name in (content.get("audiences") or ())] or ["student"]
    wordings = [name for name in WORDINGS if name in content] or ["fr"]
    pairs = ((audience, wording) for audience in audiences for wording in wordings)
    return [(f"{one}.{other}", f"{labels.AUDIENCES[one]}, {labels.WORDINGS[other]}") for one, other in pairs]


def page(draft: "ItemDraft", request: HttpRequest, mode: str, play_url: str = "") -> HttpResponse:
    """Return the item drawn for one audience in one wording, or what is missing before it can be drawn.

    `play_url`: where a simulation is played; its gestures so far are in the address, `?gesture=…&gesture=…`.
    """
    known = dict(modes(draft.content))
    mode = mode if mode in known else next(iter(known))
    verdict = judge(draft.content)
    context: dict[str, Any] = {"draft": draft, "mode": known[mode], "asked": None, "problems": []}
    if verdict.has_shape:
        sent = request.GET.getlist("gesture") if play_url else []
        context |= _drawn(draft, verdict.data, mode.partition(".")[2], sent[:MOST_GESTURES])
        context |= {"play_url": play_url, "mode_key": mode}
    else:
        told = (about(*problem) for problem in verdict.problems)
        context["problems"] = [
            _("%(place)s : %(why)s") % {"place": labels.place(keys), "why": why} for keys, why in told
        ]
    response = render(request, "question_bank/authoring/preview.html", context)
    # The page of /cms/ shows it in a frame; the strict policy of our own pages lets nobody.
    response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    return response


def _drawn(draft: "ItemDraft", data: dict[str, Any], wording: str, sent: Sequence[str]) -> dict[str, Any]:
    content = build_content(
        version_uuid=draft.uuid, key=draft.key, data=data,
        valid_from=date.fromisoformat(data["valid_from"]), review_by=date.fromisoformat(data["review_by"]),
    )  # fmt: skip
    kept, done = _played(content, sent)
    item = present(content, wording, MASK, done)
    told = explain(content, content.expected, wording)
    explanation = {**told, "title": item["title"], "question": item["question"], "item": item, "position": 1}
    return {"asked": item, "explanation": explanation, "form": {"values": {}, "errors": {}}, "gestures": kept}


def _played(content: ItemContent, sent: Sequence[str]) -> tuple[list[str], list[Gesture]]:
    """Return the gestures that can be made, in order, as they were sent and as the scenario has them."""
    kept, done = list[str](), list[Gesture]()
    for one in sent if is_played(content) else ():
        gesture = read_gesture(content, dict(zip(("do", "on", "value"), one.split(" "), strict=False)), MASK)
        if gesture is not None and not gesture_refusal(content, [*done, gesture]):
            kept.append(one)
            done.append(gesture)
    return kept, done
