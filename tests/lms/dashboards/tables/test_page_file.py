"""A page as PDF: its words, its styles, and nothing fetched from anywhere else."""

import io
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from lms.dashboards.tables import Column, Printed, Table, page_as_pdf, respond, responding
from lms.dashboards.tables.page_file import HOUSE, stylesheet
from themes.api import Look

AT = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)


def words(document: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)


def test_a_page_is_printed_with_its_styles() -> None:
    head = '<link rel="stylesheet" href="/static/themes/socle.css">'
    body = '<p>Bonjour</p><p class="no-print">Non</p>'
    html = f'<html lang="fr"><head><title>T</title>{head}</head><body>{body}</body></html>'
    assert words(page_as_pdf(html)).split() == ["Bonjour"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/latest/",
        f"{HOUSE}/static/themes/../../settings.css",
        f"{HOUSE}/static/themes/%2e%2e/x.css",
        f"{HOUSE}/static/themes/socle.js",
        f"{HOUSE}/media/x.css",
        "data:text/css,*{}",
    ],
)
def test_nothing_else_is_fetched(url: str) -> None:
    with pytest.raises(ValueError, match="Not one of our stylesheets"):
        stylesheet(url)


@pytest.mark.django_db
def test_a_page_wears_the_look_of_its_house_with_its_logo() -> None:
    png = io.BytesIO()
    Image.new("RGB", (24, 12), "navy").save(png, "PNG")
    made = {"logo": png.getvalue(), "logo_width": 24, "logo_height": 12, "logo_digest": "x"}
    look = Look.objects.create(key="valserine", name="Valserine", brand="#1d4a8f", **made)
    address = reverse("look_sheet", args=[look.key, "any"])
    assert "#1d4a8f" in stylesheet(f"{HOUSE}{address}").decode()
    head = f'<link rel="stylesheet" href="/static/themes/socle.css"><link rel="stylesheet" href="{address}">'
    mark = '<header class="top"><a class="mark" href="/"><span class="logo"></span>Valserine</a></header>'
    html = f'<html lang="fr"><head><title>T</title>{head}</head><body>{mark}</body></html>'
    assert [len(page.images) for page in PdfReader(io.BytesIO(page_as_pdf(html))).pages] == [1]


@pytest.mark.django_db
def test_a_table_alone_is_printed() -> None:
    request = RequestFactory().get("/pilotage/", {"format": "pdf"})
    request.user = AnonymousUser()
    table = Table("t", "Inscrits", (Column("name", "Nom"), Column("n", "Nombre", "count")), [("Soins", 1234)], AT)
    response = respond(request, table)
    assert response is not None
    text = words(response.content)  # type: ignore[attr-defined]
    assert "Soins" in text and "21 novembre 2026" in text


def printed(query: dict[str, str], rows: int = 2) -> str:
    """Return the words of the PDF of a page with two tables."""
    request = RequestFactory().get("/pilotage/", {"format": "pdf", **query})
    request.user = AnonymousUser()
    columns = (Column("name", "Nom"), Column("n", "Nombre", "count"))
    first, second = (
        Table(key, title, columns, [(f"{title} {row}", row) for row in range(rows)], AT)
        for key, title in (("one", "Soins"), ("two", "Pharmacie"))
    )
    page = Printed(
        "Une page", AT, lambda: HttpResponse("<html lang='fr'><title>T</title><p>La page entière</p></html>")
    )
    response = respond(request, first, second, page=page)
    assert response is not None
    return words(response.content)  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_pdf_of_a_table_is_that_table_and_that_of_the_page_the_page() -> None:
    assert "La page entière" in printed({})
    text = printed({"table": "two"})
    assert "Pharmacie 1" in text
    assert "Soins" not in text and "La page entière" not in text


@pytest.mark.django_db
def test_a_list_too_long_to_print_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responding, "MOST_PRINTED", 3)
    text = printed({"table": "one"}, rows=5)
    assert "Les 3 premières lignes" in text
    assert "Soins 2" in text and "Soins 3" not in text
    assert "premières lignes" not in printed({"table": "one"}, rows=3)
