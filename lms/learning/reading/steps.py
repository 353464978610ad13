"""One step a page: its blocks, how far one is in words, one clear next step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kernel import clock
from lms.assessments.api import Practice, practices
from lms.learning import selectors
from lms.learning.models import ModulePage
from lms.learning.raw import PRACTICE

from .facts import competencies, speaks_to, steps
from .reader import place_of, ticket_of

TOLD = ("title", "context", "artefact", "question", "choices")  # what paper shows of a situation: never its key


@dataclass(frozen=True)
class Brought:
    """What a form of a step has just brought.

    `answered`: where the practice of a block stands, by its number in the step (1 is the first item or simulation);
    `sent`: the practice form as it came, for the other forms of the page to bring it again; `kept`: the front of the
    flash card that was put among those to review.
    """

    answered: Mapping[int, Practice] = field(default_factory=dict)
    sent: str = ""
    kept: str = ""


def step(page: ModulePage, request: HttpRequest, key: str, brought: Brought | None = None) -> HttpResponse:
    """Show the step `key`; one that is not there any more leads to the cover, which says so."""
    for number, found in enumerate(steps(page), start=1):
        if found["key"] == key:
            return _shown(page, request, number, brought or Brought(kept=request.GET.get("gardee", "")))
    return redirect(f"{selectors.page_url(page.slug, page.locale.language_code)}?absente={key}")


def preview_step(page: ModulePage, request: HttpRequest, number: int) -> HttpResponse:
    """Show the step `number` of a page being written; the first when there are fewer."""
    return _shown(page, request, number if 0 < number <= len(page.steps) else 1, Brought())


def _shown(page: ModulePage, request: HttpRequest, number: int, brought: Brought) -> HttpResponse:
    known, language = steps(page), page.locale.language_code
    body = page.steps[number - 1].value["blocks"]
    context = {
        "page": page,
        "speaks_to": speaks_to(page),
        "step": known[number - 1],
        "count": len(known),
        "remaining": sum(one["minutes"] for one in known[number - 1 :]),
        "segments": [place < number for place in range(len(known))],
        "previous": known[number - 2] if number > 1 else None,
        "next": known[number] if number < len(known) else None,
        "competencies": competencies(page.competencies[:1], language),
        "place": place_of(request, page),
        "ticket": ticket_of(request, page, known[number - 1]["key"]),
        "blocks": shown_blocks(body, wording_of(page), dict(brought.answered)),
        "brought": brought,
        "urls": {
            "cover": selectors.page_url(page.slug, language),
            "end": selectors.page_url(page.slug, language, "bilan"),
        },
    }
    status = max((one.status for one in brought.answered.values()), default=200)
    return render(request, "learning/step.html", context, status=status)


def wording_of(page: ModulePage) -> str:
    """Return the wording of the items of a page: plain French for what only citizens read."""
    if page.locale.language_code != "fr":
        return str(page.locale.language_code)
    return "plain" if page.audiences == ["citizen"] else "fr"


def shown_blocks(
    body: Iterable[Any], wording: str = "", answered: dict[int, Practice] | None = None
) -> list[dict[str, Any]]:
    """Return each block with its kind and, for an item or a simulation, its number in the step and its practice.

    Without a wording nothing is asked: `practice` is None, and only the title of the situation is known.
    """
    body, found, number = list(body), list[dict[str, Any]](), 0
    keys = [block.value for block in body if block.block_type in PRACTICE]
    asked = practices(keys=keys, wording=wording, now=clock.now()) if wording and keys else {}
    for block in body:
        shown: dict[str, Any] = {"block": block, "kind": block.block_type, "number": 0, "practice": None}
        if block.block_type in PRACTICE:
            number += 1
            shown |= {"number": number, "practice": (answered or {}).get(number) or asked.get(block.value)}
        found.append(shown)
    return found


def told_blocks(body: Iterable[Any], wording: str) -> list[dict[str, Any]]:
    """Return each block as `shown_blocks` does; a situation is `told`: what it is about, nothing to answer with."""
    found = shown_blocks(body, wording)
    for shown in found:
        item = shown["practice"].item if shown["practice"] else None
        shown["told"] = {name: item.get(name) for name in TOLD} if item else None
        shown["practice"] = None
    return found
