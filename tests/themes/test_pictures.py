"""Pictures are well-formed, escaped, named, and say the right numbers."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import themes
from themes import pictures

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    {
        "label": "Données & <b>santé</b>",
        "value_label": "612 · Avancé",
        "low": 545,
        "estimate": 612,
        "high": 672,
        "hue": 1,
    },
    {"label": "Cybersécurité", "value_label": "438 · Indépendant", "low": 362, "estimate": 438, "high": 506, "hue": 2},
    {"label": "Communication", "value_label": "571 · Avancé", "low": 498, "estimate": 571, "high": 634, "hue": 3},
    {"label": "Outils numériques", "value_label": "0 · Novice", "low": 0, "estimate": 0, "high": 0, "hue": 4},
    {"label": "Télésanté", "value_label": "1000 · Expert", "low": 990, "estimate": 1000, "high": 1000, "hue": 5},
]
LIMITS = [
    {"at": 0, "label": "Novice"},
    {"at": 400, "label": "Indépendant"},
    {"at": 550, "label": "Avancé"},
    {"at": 700, "label": "Expert"},
]
POINTS = [{"position": n, "score": 500 + 10 * n, "low": 300 + 12 * n, "high": 700 - 2 * n} for n in range(1, 22)]


def drawn() -> dict[str, Any]:
    """Return one of each picture."""
    return {
        "strata": pictures.strata(ROWS, limits=LIMITS),
        "phone": pictures.strata_phone(ROWS, limits=LIMITS),
        "previous": pictures.strata(ROWS, limits=LIMITS, previous=[500, 400, 600, 10, 900]),
        "radar": pictures.radar(ROWS),
        "trajectory": pictures.trajectory(POINTS),
    }


@pytest.mark.parametrize("name", ["strata", "phone", "previous", "radar", "trajectory"])
def test_a_picture_is_named_well_formed_and_without_style(name: str) -> None:
    svg = drawn()[name]
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and desc is not None and title.text and desc.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert " style=" not in svg and "<style" not in svg and "<script" not in svg


@pytest.mark.parametrize("name", ["strata", "phone", "radar"])
def test_labels_are_escaped(name: str) -> None:
    svg = drawn()[name]
    assert "<b>" not in svg
    assert "&lt;b&gt;" in svg and "&amp;" in svg


def test_ids_are_unique_on_a_page() -> None:
    page = "".join(drawn().values()) + pictures.interval(1, 2, 3, 1) + pictures.interval(1, 2, 3, 2)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    used = re.findall(r"url\(#([^)]+)\)", page)
    assert used and set(used) <= set(ids)


def test_the_same_numbers_draw_the_same_picture() -> None:
    assert drawn() == drawn()


def test_a_stratum_fades_from_its_low_end_to_its_high_end_with_the_ring_at_the_estimate() -> None:
    root = ElementTree.fromstring(pictures.strata(ROWS[:1], scale=(0, 1000)))
    gradient, ring = root.find(f".//{SVG}linearGradient"), root.find(f"{SVG}circle")
    assert gradient is not None and ring is not None
    span = 560 - 2 * 7
    assert float(gradient.get("x1", 0)) == pytest.approx(7 + 0.545 * span, abs=0.01)
    assert float(gradient.get("x2", 0)) == pytest.approx(7 + 0.672 * span + 1, abs=0.01)
    assert float(ring.get("cx", 0)) == pytest.approx(7 + 0.612 * span, abs=0.01)
    assert [stop.get("stop-opacity") for stop in gradient] == ["1", "0.5", "0"]


def test_the_description_says_every_row() -> None:
    desc = ElementTree.fromstring(drawn()["strata"]).findtext(f"{SVG}desc")
    assert desc is not None
    assert "612 · Avancé, entre 545 et 672" in desc and "1000 · Expert, entre 990 et 1000" in desc


def test_a_phone_picture_has_no_small_text_and_no_crossed_words() -> None:
    root = ElementTree.fromstring(drawn()["phone"])
    texts = root.findall(f"{SVG}text")
    assert min(float(text.get("font-size", 0)) for text in texts) >= 14
    assert len({(text.get("x"), text.get("y")) for text in texts}) == len(texts)


def test_limits_are_drawn_but_the_first() -> None:
    assert drawn()["strata"].count('class="limit"') == len(LIMITS) - 1


def test_previous_results_add_a_diamond_each() -> None:
    assert drawn()["previous"].count('class="before"') == len(ROWS)
    assert 'class="before"' not in drawn()["strata"]


@pytest.mark.parametrize("points", [[], POINTS[:1], POINTS])
def test_a_path_may_have_any_length(points: list[dict[str, int]]) -> None:
    ElementTree.fromstring(pictures.trajectory(points))


def test_numbers_out_of_scale_stay_inside_the_drawing() -> None:
    row = {"label": "A", "value_label": "x", "low": -50, "estimate": 1200, "high": 1300, "hue": 1}
    root = ElementTree.fromstring(pictures.strata([row]))
    ring = root.find(f"{SVG}circle")
    assert ring is not None and float(ring.get("cx", 0)) == 560 - 7


def test_progress_counts_what_is_done() -> None:
    bar = pictures.progress((True, True, False))
    done, to_come = ElementTree.fromstring(bar)
    assert (done.get("class"), done.get("d", "").count("M")) == ("on", 2)
    assert (to_come.get("class"), to_come.get("d", "").count("M")) == ("off", 1)
    assert 'aria-hidden="true"' in bar


def test_done_and_to_come_differ_by_thickness_in_forced_colours() -> None:
    modes = (Path(themes.__file__).parent / "styles/70-modes.css").read_text()
    forced = modes.split("@media (forced-colors: active) {")[1].split("@page")[0]
    assert re.search(r"\.bar \.off \{[^}]*stroke-width: 1px", forced)
    assert not re.search(r"\.bar \.on \{[^}]*stroke-width", forced)
