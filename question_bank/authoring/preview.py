"""What a learner will see of a draft: the page of the sitting, then that of the explanation."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from question_bank.interactions import OptionMask, build_content, explain, present
from question_bank.interactions.building import WORDINGS

from . import labels
from .gates import judge
from .sentences import in_words

if TYPE_CHECKING:
    from .models import ItemDraft


def modes(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return one mode per audience and wording that the item has: `citizen.plain`, “citoyens, français simple”."""
    audiences = [name for name in labels.AUDIENCES if name in (content.get("audiences") or ())] or ["student"]
    wordings = [name for name in WORDINGS if name in content] or ["fr"]
    pairs = ((audience, wording) for audience in audiences for wording in wordings)
    return [(f"{one}.{other}", f"{labels.AUDIENCES[one]}, {labels.WORDINGS[other]}") for one, other in pairs]


def page(draft: "ItemDraft", request: HttpRequest, mode: str) -> HttpResponse:
    """Return the item drawn for one audience in one wording, or what is missing before it can be drawn."""
    known = dict(modes(draft.content))
    mode = mode if mode in known else next(iter(known))
    verdict = judge(draft.content)
    context: dict[str, Any] = {"draft": draft, "mode": known[mode], "asked": None, "problems": []}
    if verdict.has_shape:
        context |= _drawn(draft, verdict.data, mode.partition(".")[2])
    else:
        told = ((labels.place(keys), in_words(sentence)) for keys, sentence in verdict.problems)
        context["problems"] = [_("%(place)s : %(why)s") % {"place": place, "why": why} for place, why in told]
    response = render(request, "question_bank/authoring/preview.html", context)
    # The page of /cms/ shows it in a frame; the strict policy of our own pages lets nobody.
    response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    return response


def _drawn(draft: "ItemDraft", data: dict[str, Any], wording: str) -> dict[str, Any]:
    content = build_content(
        version_uuid=draft.uuid, key=draft.key, data=data,
        valid_from=date.fromisoformat(data["valid_from"]), review_by=date.fromisoformat(data["review_by"]),
    )  # fmt: skip
    item = present(content, wording, OptionMask(b"preview of a draft"))
    told = explain(content, content.expected, wording)
    explanation = {**told, "title": item["title"], "question": item["question"], "item": item, "position": 1}
    return {"asked": item, "explanation": explanation, "form": {"values": {}, "errors": {}}}
