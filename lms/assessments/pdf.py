"""The profile as an A4 document. WeasyPrint is imported here only: it is heavy, and most processes never need it."""

from typing import Any

from django.template.loader import render_to_string


def profile_document(context: dict[str, Any]) -> bytes:
    """Return the PDF of a profile page's context; nothing is fetched, neither file nor network."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    html = render_to_string("assessments/profile_pdf.html", context)
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(pdf_variant="pdf/ua-1")
    return bytes(document or b"")
