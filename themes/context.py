"""What every page knows. It runs on each of them: no database, no session, nothing computed before it is asked."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from .preferences import carry, parse


class Theme:
    """Whose house the reader is in, in which language, and where the other language is."""

    name = "Socle"
    stylesheet = ""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request; everything else is worked out on demand."""
        self._request = request
        self.language = get_language() or settings.LANGUAGE_CODE

    @property
    def here(self) -> str:
        """The address of this page, without its parameters."""
        return self._request.path

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The other parameters of the address, which the display panel keeps."""
        return [(key, value) for key, values in self._request.GET.lists() if key != "p" for value in values]

    @property
    def other_language_url(self) -> str:
        """The same page, with what its address says, in the other language: English lives under /en/."""
        kept = [(key, self._translated(value) if key == "next" else value) for key, value in self.parameters]
        return carry(self._request, self._translated(self.here) + (f"?{urlencode(kept)}" if kept else ""))

    def _translated(self, path: str) -> str:
        """Return the address of a page in the other language; what is not one stays as it is."""
        if self.language == "en":
            return f"/{path.removeprefix('/en/')}" if path.startswith("/en/") else path
        return f"/en{path}" if path.startswith("/") else path

    @property
    def publisher(self) -> str:
        """Who answers for this installation, as the legal page says it."""
        return str(getattr(settings, "PUBLISHER", ""))

    @property
    def source_url(self) -> str:
        """Where the source of this installation is."""
        return str(getattr(settings, "SOURCE_URL", ""))

    @property
    def contact(self) -> str:
        """Where to write to them."""
        return str(getattr(settings, "CONTACT", ""))


def theme(request: HttpRequest) -> dict[str, Any]:
    """Give templates `theme`, `preferences`, `p` (the query every link carries) and `demo`."""
    preferences = parse(request.GET.getlist("p")) if request.GET else parse(())
    return {
        "theme": Theme(request),
        "preferences": preferences,
        "p": preferences.query,
        "demo": settings.DEMO,
    }
