"""A certificate as an A4 page. WeasyPrint is imported here only: it is heavy, and most processes never need it."""

from django.template.loader import render_to_string

from .types import Verification


def document(verification: Verification, *, address: str) -> bytes:
    """Return the PDF of a certificate, in the active language; nothing is fetched, neither file nor network.

    `address`: the whole address at which anyone can check it.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    html = render_to_string("certificates/certificate_pdf.html", {"verification": verification, "address": address})
    made = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(pdf_variant="pdf/ua-1")
    return bytes(made or b"")
