"""Constant words are worked out once for each language, and nothing else changes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.template import Engine
from django.utils.translation import override

from themes.loaders import Constant, _inside

PAGES = {
    "page.html": "{% load i18n %}{% if yes %}{% translate 'Valider' %}{% else %}{% translate 'Quitter' %}{% endif %}",
    "english.html": "{% load i18n %}{% translate 'Valider' %}{% language 'en' %}{% translate 'Valider' %}"
    "{% include 'page.html' %}{% endlanguage %}",
    "kept.html": "{% load i18n %}{% translate word %}{% translate 'Valider' as said %}{{ said }}",
    "sentence.html": "{% load i18n %}{% blocktranslate trimmed with position=place|add:1 %}Situation {{ position }}, "
    "la dernière{% endblocktranslate %}{{ position }}",
    "nobody.html": "{% load i18n %}{% blocktranslate %}Bonjour {{ name }},{% endblocktranslate %}",
    "links.html": "{% load static %}{% url 'home' %} {% url 'assessments:question' token %} "
    "{% static 'themes/mark.svg' %}",
}


@pytest.fixture
def render(tmp_path: Path) -> Callable[..., str]:
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text)
    files = ("django.template.loaders.filesystem.Loader", [tmp_path])
    engine = Engine(
        loaders=[("themes.loaders.Loader", [files])],
        libraries={"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"},
    )
    return lambda page, **context: engine.render_to_string(page, context)


def test_a_sentence_follows_the_language_of_each_reader(render: Callable[..., str]) -> None:
    said = []
    for language in ("fr", "en", "fr"):
        with override(language):
            said.append((render("page.html", yes=True), render("page.html", yes=False)))
    assert said == [("Valider", "Quitter"), ("Submit", "Leave"), ("Valider", "Quitter")]


def test_a_passage_in_another_language_keeps_its_own(render: Callable[..., str]) -> None:
    for _ in range(2):
        with override("fr"):
            assert render("english.html", yes=True) == "ValiderSubmitSubmit"


def test_what_depends_on_the_page_is_worked_out_each_time(render: Callable[..., str]) -> None:
    with override("en"):
        assert render("kept.html", word="Quitter") == "LeaveSubmit"
        assert render("kept.html", word="Valider") == "SubmitSubmit"


def test_a_sentence_keeps_its_translation_and_fills_its_gaps_anew(render: Callable[..., str]) -> None:
    said = []
    for language, place in (("fr", 3), ("en", 3), ("fr", 4), ("en", "<")):
        with override(language):
            said.append(render("sentence.html", place=place))
    assert said[:3] == ["Situation 4, la dernière", "Situation 4, the last one", "Situation 5, la dernière"]
    assert said[3] == "Situation , the last one"  # a filter that fails says nothing; what it held does not leak either


def test_a_gap_is_escaped_and_may_be_empty(render: Callable[..., str]) -> None:
    with override("fr"):
        assert render("nobody.html", name="<Léa>") == "Bonjour &lt;Léa&gt;,"
        assert render("nobody.html") == "Bonjour ,"
        assert render("nobody.html", name="100 %") == "Bonjour 100 %,"


def test_addresses(render: Callable[..., str]) -> None:
    with override("fr"):
        assert render("links.html", token="a" * 22).startswith(f"/ /evaluation/s/{'a' * 22}/ /static/themes/mark")
        assert f"/evaluation/s/{'b' * 22}/ " in render("links.html", token="b" * 22)
    with override("en"):
        assert render("links.html", token="a" * 22).startswith("/en/ /en/evaluation/s/")


def test_a_page_of_ours_is_folded_to_its_depth() -> None:
    template = Engine.get_default().get_template("404.html")
    found = [node for nodes in _inside(template.nodelist[0]) for node in nodes.get_nodes_by_type(Constant)]
    assert found
