"""Every address of the site, found in the resolver, with sample values in the place of its parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver
from django.utils import translation
from django.utils.regex_helper import normalize

CANDIDATES = (
    "1",
    "exemple",
    "exemple-1",
    "00000000-0000-4000-8000-000000000001",
    "exemple.txt",
    "2026-10-20",
    "2026",
    "10",
)


@dataclass(frozen=True)
class Address:
    """A path that can be asked for, and the view behind it."""

    path: str
    view: Any
    name: str

    @property
    def is_public(self) -> bool:
        """Whether its decorator says so (django.contrib.auth.decorators.login_not_required)."""
        return getattr(self.view, "login_required", True) is False

    @property
    def is_ours(self) -> bool:
        """Whether the view is ours."""
        return str(getattr(self.view, "__module__", "")).startswith(("kernel", "themes", "certificates", "lms"))


def addresses(language: str = "fr", samples: dict[str, str] | None = None) -> list[Address]:
    """Return all addresses in a language; `samples` gives values by the parameter's name."""
    with translation.override(language):
        return list(_walk(get_resolver(), "/", samples or {}))


def _walk(resolver: Any, prefix: str, samples: dict[str, str]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        path = prefix + _filled(entry.pattern, samples)
        if isinstance(entry, URLPattern):
            yield Address(path, entry.callback, entry.name or "")
        else:
            yield from _walk(entry, path, samples)


def _filled(pattern: Any, samples: dict[str, str]) -> str:
    source = getattr(pattern, "language_prefix", None)
    if source is not None:
        return str(source)
    form, names = normalize(pattern.regex.pattern)[0]
    return str(form % {name: _value(name, pattern, samples) for name in names})


def _value(name: str, pattern: Any, samples: dict[str, str]) -> str:
    group = re.compile(_group(name, pattern.regex.pattern))
    return next(
        (value for value in (samples.get(name, ""), *CANDIDATES) if value and group.fullmatch(value)), "exemple"
    )


def _group(name: str, regex: str) -> str:
    """Return the expression of a named group, which may contain groups of its own."""
    start = regex.find(f"(?P<{name}>")
    if start < 0:
        return ".*"
    depth, end = 1, start + len(f"(?P<{name}>")
    while depth:
        depth += {"(": 1, ")": -1}.get(regex[end], 0) if regex[end - 1] != "\\" else 0
        end += 1
    return regex[start + len(f"(?P<{name}>") : end - 1]
