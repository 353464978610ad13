"""A page as PDF: what a printer would be given. WeasyPrint is imported here only, when a document is asked for."""

from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.functional import cached_property

from themes.api import sheet_at

HOUSE = "https://socle.invalid"  # where the links of a document without an address of its own would lead


PNG = "data:image/png;base64,"  # the logo of a look, within its stylesheet


class _Stylesheets:
    """Our own stylesheets and those of looks, by their address; all else is refused, neither file nor network."""

    @cached_property
    def fetcher(self) -> Any:
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        class Fetcher(URLFetcher):  # type: ignore[misc]
            def fetch(self, url: str, headers: Any = None) -> Any:
                if url.startswith(PNG):
                    return URLFetcherResponse(url, b64decode(url.removeprefix(PNG)), {"Content-Type": "image/png"})
                return URLFetcherResponse(url, stylesheet(url), {"Content-Type": "text/css"})

        return Fetcher(allowed_protocols=())


_stylesheets = _Stylesheets()


def page_as_pdf(html: str) -> bytes:
    """Return the PDF of a page, with its print styles."""
    from weasyprint import HTML

    document = HTML(string=html, base_url=HOUSE, url_fetcher=_stylesheets.fetcher)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1") or b"")


def stylesheet(url: str) -> bytes:
    """Return one of our stylesheets, or a look's; raises ValueError for anything else."""
    if (worn := sheet_at(urlsplit(url).path)) and url.startswith(f"{HOUSE}/"):
        return worn.encode()
    prefix = f"{HOUSE}/{settings.STATIC_URL.strip('/')}/themes/"
    address = urlsplit(url)._replace(query="", fragment="").geturl()
    name = address.removeprefix(prefix)
    if name == address or not name.endswith(".css") or "/" in name or "%" in name:
        raise ValueError(f"Not one of our stylesheets: {url}")
    found = finders.find(f"themes/{name}")
    path = Path(str(found)) if found else Path(settings.STATIC_ROOT) / "themes" / name
    return path.read_bytes()
