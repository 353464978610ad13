"""What every page knows. It runs on each of them: nothing is worked out before it is asked for."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from . import preferences
from .looks.choosing import look_of, look_of_error
from .looks.wardrobe import Worn

OURS = "Socle"
ENGLISH = "/en"


class Theme:
    """Whose house the reader is in, in which language, and where the other language is."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request; everything else is worked out on demand."""
        self._request = request
        self.language = get_language() or settings.LANGUAGE_CODE

    @cached_property
    def look(self) -> Worn | None:
        """The look of the reader's house, or nothing: ours."""
        return look_of(self._request)

    @property
    def name(self) -> str:
        """The name at the top of every page."""
        return self.look.name if self.look else OURS

    @property
    def stylesheet(self) -> str:
        """Where the look's own stylesheet is, or nothing."""
        return self.look.stylesheet if self.look else ""

    @property
    def has_logo(self) -> bool:
        """Whether the look has a logo, in the place of our mark."""
        return bool(self.look and self.look.has_logo)

    @property
    def home(self) -> str:
        """Where the name at the top leads: the house's own page, or the front door, in the reader's language."""
        return _home(self.look, self.language)

    @property
    def welcome(self) -> str:
        """What the house says on the front door."""
        return self.look.welcome(self.language) if self.look else ""

    @property
    def is_signed_in(self) -> bool:
        """Whether the reader is signed in: only they, and readers of modules, are offered to keep their settings."""
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @property
    def here(self) -> str:
        """The address of this page, without its parameters."""
        return self._request.path

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The other parameters of the address, which the display panel keeps."""
        return [(key, value) for key, values in self._request.GET.lists() if key != "p" for value in values]

    @property
    def here_in_full(self) -> str:
        """The address of this page with the parameters the display panel keeps."""
        return self.here + (f"?{urlencode(self.parameters)}" if self.parameters else "")

    @property
    def other_language_url(self) -> str:
        """The same page, with what its address says, in the other language: English lives under /en/."""
        kept = [(key, self._translated(value) if key == "next" else value) for key, value in self.parameters]
        return preferences.carry(self._request, self._translated(self.here) + (f"?{urlencode(kept)}" if kept else ""))

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
    def director(self) -> str:
        """Who answers for what is published."""
        return str(getattr(settings, "DIRECTOR", ""))

    @property
    def hosting(self) -> str:
        """Who hosts this installation: name, address, telephone."""
        return str(getattr(settings, "HOSTING", ""))

    @property
    def dpo(self) -> str:
        """How to write to the data protection officer of whoever answers for this installation."""
        return str(getattr(settings, "DPO", ""))

    @property
    def source_url(self) -> str:
        """Where the source of this installation is."""
        return str(getattr(settings, "SOURCE_URL", ""))

    @property
    def contact(self) -> str:
        """Where to write: to the reader's house, else to whoever answers for this installation."""
        return (self.look.contact if self.look else "") or str(getattr(settings, "CONTACT", ""))


class Bystander:
    """What an error page knows of its reader, from the address alone: nothing is asked of the database."""

    def __init__(self, request: HttpRequest | None) -> None:
        """Read the wishes and the look; without a request there are none."""
        self.preferences = preferences.of(request) if request else preferences.parse(())
        self.look = look_of_error(request) if request else None
        self.language = get_language() or settings.LANGUAGE_CODE

    @property
    def p(self) -> str:
        """What every link carries."""
        return self.preferences.query

    @property
    def name(self) -> str:
        """The name of the house."""
        return self.look.name if self.look else OURS

    @property
    def home(self) -> str:
        """Where the mark leads."""
        return _home(self.look, self.language)


def _home(look: Worn | None, language: str) -> str:
    path = (look.home_path if look else "") or "/"
    is_french = language != "en" or path.startswith(f"{ENGLISH}/")
    return path if is_french else f"{ENGLISH}{path}"


def theme(request: HttpRequest) -> dict[str, Any]:
    """Give templates `theme`, `preferences`, `p` (the query every link carries) and `demo`."""
    wishes = preferences.of(request)
    return {"theme": Theme(request), "preferences": wishes, "p": wishes.query, "demo": settings.DEMO}
