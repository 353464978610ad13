"""A module's cover, its sheet, its end, and all its steps at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lms.learning import selectors
from lms.learning.models import ModulePage

from .facts import about, steps
from .reader import place_of
from .steps import preview_step, shown_blocks, told_blocks, wording_of


def cover(page: ModulePage, request: HttpRequest) -> HttpResponse:
    """Show what one will be able to do, and one way in: to begin, or to take up where one was."""
    place = place_of(request, page)
    known = {step["key"]: step for step in steps(page)}
    context = {
        **_of(page),
        "place": place,
        "begin": known.get(place.step) or next(iter(known.values()), None),
        "missing_step": request.GET.get("absente", "")[:80],
    }
    return render(request, "learning/module_page.html", context)


def sheet(page: ModulePage, request: HttpRequest) -> HttpResponse:
    """Show the summary to print on one page."""
    return render(request, "learning/sheet.html", {**_of(page), "blocks": shown_blocks(page.sheet)})


def end(page: ModulePage, request: HttpRequest) -> HttpResponse:
    """Show the end of a module: its check, what one knows now, where to go next."""
    return render(request, "learning/end.html", {**_of(page), "place": place_of(request, page)})


def whole(page: ModulePage, request: HttpRequest) -> HttpResponse:
    """Show all the steps one after the other, to print; situations to decide are answered online."""
    return render(request, "learning/whole.html", {**_of(page), "parts": parts(page)})


def preview(page: ModulePage, request: HttpRequest, mode: str) -> HttpResponse:
    """Show the page as it is being written: its cover, one of its steps, all of them, or its sheet."""
    if mode.startswith("step-") and mode[5:].isdigit():
        return preview_step(page, request, int(mode[5:]))
    return {"whole": whole, "sheet": sheet}.get(mode, cover)(page, request)


def offline(page: ModulePage) -> dict[str, Any]:
    """Return what a file to read offline holds: no form, and no key of any situation."""
    return {**_of(page), "parts": parts(page), "language": page.locale.language_code}


def parts(page: ModulePage) -> list[dict[str, Any]]:
    """Return each step with its blocks; situations are told, not asked."""
    return [
        {**step, "blocks": told_blocks(block.value["blocks"], wording_of(page))}
        for step, block in zip(steps(page), page.steps, strict=True)
    ]


def _of(page: ModulePage) -> dict[str, Any]:
    language = page.locale.language_code
    return {
        "page": page,
        "module": selectors.module(page.slug),
        "about": about(page),
        "urls": {
            "cover": selectors.page_url(page.slug, language),
            "sheet": selectors.page_url(page.slug, language, "fiche"),
            "end": selectors.page_url(page.slug, language, "bilan"),
            "whole": selectors.page_url(page.slug, language, "imprimer"),
            "catalogue": selectors.catalogue_url(language),
        },
    }
