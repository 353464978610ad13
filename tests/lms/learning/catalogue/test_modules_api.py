"""GET /api/v1/modules: the form that was agreed, filters, refusals that are documented."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lms.learning.models import ModulePage
from tests.lms.learning.catalogue.many import more_modules
from tests.lms.learning.modulefiles.folders import KEY

pytestmark = pytest.mark.django_db
AGREED = {"key", "title", "minutes", "competencies", "audience", "level", "languages"}


def get(query: str = "") -> tuple[int, Any]:
    response = Client().get(f"/api/v1/modules{query}")
    assert not response.cookies
    return response.status_code, response.json()


def test_the_form_that_was_agreed(catalogue: Path) -> None:
    status, body = get()
    assert status == 200 and set(body) == {"count", "results"} and body["count"] == 1
    (module,) = body["results"]
    assert set(module) == AGREED | {"professions", "summary", "url"}
    assert (module["key"], module["minutes"], module["level"]) == (KEY, 19, "entry")
    assert (module["competencies"], module["audience"]) == (["D3.C1"], ["student", "professional"])
    assert module["languages"] == ["fr", "en"] and module["url"] == f"/parcours/{KEY}/"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?competency=D3", 1),
        ("?competency=D3.C1", 1),
        ("?competency=D1", 0),
        ("?level=further", 0),
        ("?audience=student", 1),
        ("?audience=citizen", 0),
        ("?profession=mk", 1),
        ("?profession=ass", 0),
        ("?minutes=19", 1),
        ("?minutes=18", 0),
        ("?language=en", 1),
        ("?q=messageries", 1),
        ("?q=zebre", 0),
        ("?q=surgeon&language=en", 1),
        ("?competency=D3&level=entry&audience=student&language=fr&q=messagerie", 1),
    ],
)
def test_filters(catalogue: Path, query: str, count: int) -> None:
    status, body = get(query)
    assert (status, body["count"], len(body["results"])) == (200, count, count)


def test_a_language_titles_its_modules_in_it(catalogue: Path) -> None:
    module = get("?language=en")[1]["results"][0]
    assert module["title"] == "Secure messaging or e-mail?" and module["url"] == f"/en/parcours/{KEY}/"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?competency=D9", "competency"),
        ("?level=easy", "level"),
        ("?audience=%00", "audience"),
        ("?language=de", "language"),
        ("?profession=plombier", "profession"),
        ("?minutes=abc", "minutes"),
        ("?minutes=0", "minutes"),
        ("?minutes=-5", "minutes"),
        ("?minutes=١٥", "minutes"),
        ("?minutes=1e2", "minutes"),
        ("?q=%25", "q"),
        ("?competence=D3", "competence"),
        ("?q=" + "a" * 300, "q"),
        ("?q=" + "a" * 900, "query.q"),
    ],
)
def test_what_does_not_exist_is_refused_in_words(catalogue: Path, query: str, field: str) -> None:
    status, body = get(query)
    assert status == 422 and body["error"]["message"]
    assert body["error"]["field"].endswith(field.rpartition(".")[2])


def test_a_module_withdrawn_is_not_told(catalogue: Path) -> None:
    ModulePage.objects.get(slug=KEY, locale__language_code="fr").unpublish()
    assert get()[1] == {"count": 0, "results": []}


def test_refusals_are_documented(db: None) -> None:
    described = Client().get("/api/v1/openapi.json").json()["paths"]["/api/v1/modules"]["get"]
    assert {"200", "422"} <= set(described["responses"])
    assert {one["name"] for one in described["parameters"]} == {
        "competency", "level", "audience", "profession", "minutes", "language", "q",
    }  # fmt: skip


def test_as_many_queries_for_one_module_as_for_twenty(catalogue: Path, django_assert_num_queries: Any) -> None:
    get()
    with django_assert_num_queries(2):
        get()
    more_modules(20)
    with django_assert_num_queries(2):
        get()
