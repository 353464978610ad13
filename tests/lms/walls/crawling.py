"""Following all that one may follow: links, forms that read, files; and reading what came back, whatever it is."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html as lxml_html
from pypdf import PdfReader

from lms.accounts.api import User

# /cms/ is another house; what has no words; what signs out.
SHUT = ("/cms/", "/static/", "/media/", "/documents/", "/apparence/", "/compte/logout/", "/en/", "/visite/")
# Pages that say who is who are read object by object; of any other pattern, one is enough.
PERSONAL = ("/pilotage/", "/profil/", "/demande/", "/rejoindre/", "/invitation/")
TWINS = 2  # addresses of one page that differ by what their query says, and files of one kind of one pattern


@dataclass
class Crawl:
    """Where somebody went, and what was written there. `prints`: a PDF is asked for too; it says what its page says."""

    client: Client
    prints: bool = False
    read: dict[str, str] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    _seen: Counter[Any] = field(default_factory=Counter)

    def run(self, starts: Iterable[str], *, follows: bool = True) -> "Crawl":
        """Read these addresses and, unless told not to, everything that can be followed from them."""
        waiting = list(starts)
        while waiting:
            address = waiting.pop()
            if address not in self.read and self._is_wanted(address):
                found = self._open(address)
                waiting += found if follows else []
        return self

    def pages_with(self, words: Iterable[str]) -> list[str]:
        """Return the addresses where one of `words` is, with the word."""
        return [f"{address}: {word}" for address, text in self.read.items() for word in words if word in text.lower()]

    def _is_wanted(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.netloc or parts.path.startswith(SHUT):
            return False
        try:
            match = resolve(parts.path)
        except Resolver404:
            return False
        query = dict(parse_qsl(parts.query))
        kind, most = (match.view_name, str(match.kwargs), *sorted(query)), TWINS
        if not parts.path.startswith(PERSONAL):
            kind, most = (match.view_name,), 1
        elif query.get("format") == "pdf" or parts.path.endswith(".pdf"):
            kind, most = ("pdf",), int(self.prints)
        elif "format" in query:
            kind, most = (match.view_name, query["format"]), TWINS
        self._seen[kind] += 1
        return self._seen[kind] <= most

    def _open(self, address: str) -> list[str]:
        response: Any = self.client.get(address)
        data = b"".join(response.streaming_content) if response.streaming else response.content
        kind = response.get("Content-Type", "").split(";")[0]
        self.read[address] = text_of(kind, data) + str(dict(response.headers))
        self.kinds[kind if response.status_code == 200 else str(response.status_code)] += 1
        found = [urljoin(address, response["Location"])] if "Location" in response else []
        if kind == "text/html" and data:
            found += list(_followed(address, data))
        return [_local(one) for one in found]


def crawl(user: User | None, starts: Iterable[str], *, follows: bool = True, prints: bool = False) -> Crawl:
    """Read these addresses as `user`, and what follows from them."""
    client = Client()
    if user is not None:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return Crawl(client, prints=prints).run(starts, follows=follows)


def text_of(kind: str, data: bytes) -> str:
    """Return what a page or a file says."""
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return data.decode("utf-8", "replace")


def _followed(address: str, data: bytes) -> Iterator[str]:
    page = lxml_html.fromstring(data)
    yield from (urljoin(address, href) for href in page.xpath("//a/@href | //link[@rel='next']/@href"))
    for form in page.xpath("//form"):
        if (form.get("method") or "get").lower() == "get":
            yield from _sent(urljoin(address, form.get("action") or ""), form)


def _sent(action: str, form: Any) -> Iterator[str]:
    """Return what the form asks as it stands."""
    values = {name: value for name, value in form.form_values() if name}
    yield f"{action.split('?')[0]}?{urlencode(values)}"


def _local(address: str) -> str:
    parts = urlsplit(address)
    host = "" if parts.netloc in ("testserver", "") else parts.netloc
    return parts._replace(scheme="", netloc=host, fragment="").geturl()
