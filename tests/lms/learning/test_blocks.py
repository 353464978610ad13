"""Blocks: what each shows, what a form refuses, what translation may touch."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.blocks import StreamValue

from kernel.media import Image
from lms.learning.blocks import StepBody, identified
from lms.learning.cleaning import cleaned_raw
from lms.learning.drawings import words_of
from lms.learning.raw import embedded_items, plain
from tests.lms.learning import samples

BODY = StepBody()
ARTEFACT = {"shown": [{"type": "sms", "value": {"from": "Ami", "date": "9 h", "body": "Un\n\nDeux", "alt": "SMS"}}]}
VALUES: dict[str, tuple[Any, list[str]]] = {
    "situation": ({"who": "Nadia, à Brest", "text": "<p>Elle ouvre.</p>"}, ["Nadia, à Brest", "<p>Elle ouvre.</p>"]),
    "text": ("<p>Un <strong>mot</strong>.</p>", ["<strong>mot</strong>"]),
    "figure": (
        {"drawing": samples.DRAWING, "image": None, "alt": "Vous et lui", "caption": "À deux"},
        ['role="img"', 'aria-label="Vous et lui"', "À deux"],
    ),
    "artefact": (ARTEFACT, ["<p>Un</p>", "<p>Deux</p>", "Ami"]),
    "dialogue": (
        {"lines": [{"who": "A", "says": "Oui ?"}, {"who": "B", "says": "Non."}], "after": "<p>Fin</p>"},
        ["Oui ?", "Fin"],
    ),
    "do_dont": ({"do": ["Demander"], "dont": ["Deviner"]}, ["À faire", "Demander", "À éviter", "Deviner"]),
    "checklist": ({"title": "Avant", "items": ["Un", "Deux"]}, ["Avant", "<li>Un</li>"]),
    "how_to": (
        {"title": "Ouvrir", "steps": [{"title": "Un", "text": ""}, {"title": "Deux", "text": "<p>Là</p>"}]},
        ["<ol>", "<b>Un</b>", "<p>Là</p>"],
    ),
    "term": ({"term": "INS", "definition": "<p>Une identité.</p>"}, ["<dt>INS</dt>", "Une identité."]),
    "key_points": (["Un point"], ["À retenir", "Un point"]),
    "sources": ([{"label": "ANS", "url": "https://esante.gouv.fr/"}], ['href="https://esante.gouv.fr/"']),
    "flash_cards": (
        [{"front": "INS ?", "back": "Une identité"}, {"front": "b", "back": "c"}],
        ["<summary>INS ?</summary>"],
    ),
    "video": ({"file": None, "title": "Une visite", "transcript": "<p>On entre.</p>"}, ["<details", "On entre."]),
    "audio": ({"file": None, "title": "Un appel", "transcript": "<p>Allô.</p>"}, ["<details", "Allô."]),
}  # fmt: skip


def value_of(kind: str, raw: Any) -> StreamValue:
    return BODY.to_python(identified(BODY, cleaned_raw(BODY, [{"type": kind, "value": raw}]), "essai"))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", VALUES)
def test_a_block_shows_what_it_holds(kind: str) -> None:
    raw, words = VALUES[kind]
    drawn = value_of(kind, raw)[0].render()
    assert all(said in drawn for said in words), drawn
    assert "autoplay" not in drawn and " style=" not in drawn and " on" + "click" not in drawn


@pytest.mark.django_db
@pytest.mark.parametrize("kind", VALUES)
def test_what_goes_in_comes_out(kind: str) -> None:
    raw, _words = VALUES[kind]
    found = plain(BODY, value_of(kind, raw).get_prep_value())
    again = plain(BODY, value_of(kind, found[0][kind] if kind != "artefact" else raw).get_prep_value())
    assert list(found[0]) == [kind] and again == found


@pytest.mark.django_db
@pytest.mark.parametrize("has_both", [False, True])
def test_a_figure_is_a_drawing_or_a_picture(has_both: bool) -> None:
    figure = BODY.child_blocks["figure"]
    value = figure.to_python({"drawing": samples.DRAWING, "image": None, "alt": "x", "caption": ""})
    assert figure.clean(value)["drawing"]
    if has_both:
        drawn = BytesIO()
        Picture.new("RGB", (4, 4)).save(drawn, "PNG")
        value["image"] = Image.objects.create(title="x", file=ContentFile(drawn.getvalue(), name="x.png"))
    else:
        value["drawing"] = ""
    with pytest.raises(ValidationError):
        figure.clean(value)


def test_a_form_cleans_what_is_pasted() -> None:
    text, drawing = BODY.child_blocks["text"], BODY.child_blocks["figure"].child_blocks["drawing"]
    assert text.clean(text.normalize('<p onclick="x()">a<script>x()</script></p>')).source == "<p>a</p>"
    assert "script" not in drawing.clean('<svg viewBox="0 0 9 9"><script>x()</script></svg>')
    with pytest.raises(ValidationError, match="SVG"):
        drawing.clean("<p>pas un dessin</p>")


def test_an_address_that_runs_is_refused() -> None:
    url = BODY.child_blocks["sources"].child_block.child_blocks["url"]
    for hostile in ("javascript:alert(1)", "data:text/html,x", "ftp://a.example/x"):
        with pytest.raises(ValidationError):
            url.clean(hostile)


def test_an_item_is_chosen_among_those_the_bank_serves(bank: None) -> None:
    item, simulation = BODY.child_blocks["item"], BODY.child_blocks["simulation"]
    key = samples.items()[0]
    assert item.clean(f" {key} ") == key
    with pytest.raises(ValidationError, match="n’existe pas"):
        item.clean("jamais-vue")
    with pytest.raises(ValidationError, match="Simulation"):
        simulation.clean(key)
    assert item.get_translatable_segments(key) == []


def test_the_words_of_a_drawing_are_translated_one_by_one() -> None:
    drawing = BODY.child_blocks["figure"].child_blocks["drawing"]
    once = drawing.clean(samples.DRAWING)
    segments = drawing.get_translatable_segments(once)
    assert [segment.string.data for segment in segments] == ["Vous", "Le patient"] == words_of(once)
    said = [type(segments[1])("1", "The <b>patient</b> & you")]
    translated = drawing.restore_translated_segments(once, said)
    assert words_of(translated)[0] == "Vous" and "<b>" not in translated
    assert translated.count("<text") == 2


def test_embedded_items_are_named_once_in_order() -> None:
    steps = [
        {"value": {"blocks": [{"type": "item", "value": "b"}, {"type": "text", "value": "x"}]}},
        {"value": {"blocks": [{"type": "simulation", "value": "a"}, {"type": "item", "value": "b"}]}},
    ]
    assert embedded_items(steps) == ["b", "a"]
