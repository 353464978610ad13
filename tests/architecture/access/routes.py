"""Every URL pattern of the site under its name, and its address once its parameters have a value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import URLPattern, get_resolver
from django.utils import translation

from tests.architecture.addresses import _filled


@dataclass(frozen=True)
class Route:
    """A pattern: its parts from the root, and the name the table knows it by."""

    name: str
    parts: tuple[Any, ...]
    view: Any

    @property
    def path(self) -> str:
        """Return its pattern as it is written."""
        return "/" + "".join(str(part.pattern) for part in self.parts)

    @property
    def is_public(self) -> bool:
        """Say whether its decorator says so."""
        return getattr(self.view, "login_required", True) is False

    @property
    def has_parameters(self) -> bool:
        """Say whether it is the address of an object."""
        return "<" in self.path

    def address(self, values: dict[str, str]) -> str:
        """Return its address; `values` by the names of parameters."""
        return "/" + "".join(_filled(part.pattern, values) for part in self.parts)


def routes() -> dict[str, Route]:
    """Return all of them. A second pattern of one name is called by its path."""
    found: dict[str, Route] = {}
    with translation.override("fr"):
        for parts, spaces in _walk(get_resolver(), (), ()):
            name = ":".join((*spaces, parts[-1].name or ""))
            route = Route(name, parts, parts[-1].callback)
            key = name if parts[-1].name and name not in found else route.path
            found[key] = replace(route, name=key)
    return found


def _walk(resolver: Any, parts: tuple[Any, ...], spaces: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for entry in resolver.url_patterns:
        chain = (*parts, entry)
        if isinstance(entry, URLPattern):
            yield chain, spaces
        else:
            yield from _walk(entry, chain, (*spaces, entry.namespace) if entry.namespace else spaces)
