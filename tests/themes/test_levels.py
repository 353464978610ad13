"""Stacked levels and heat maps: parts as wide as what they count, numbers one can read, people left blank."""

import itertools
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from themes import pictures
from themes.contrast import TEXT, ratio
from themes.pictures.levels import PHONE, SHARES, WIDE, tint
from themes.pictures.svg import CARD, INK
from themes.styles import SOURCES

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["Novice", "Indépendant", "Avancé", "Expert"]
ROW = {"label": "Identifier <b>un</b> usager", "group": "Données & santé", "hue": 1, "counts": [10, 20, 50, 20]}
DRAWINGS = [(pictures.levels, WIDE), (pictures.levels_phone, PHONE)]


def parts(drawn: str) -> list[ET.Element]:
    """Return the parts of the bars, without the legend's."""
    return [one for one in ET.fromstring(drawn).iter(f"{SVG}rect") if one.get("class", "").startswith("l1")]


def numbers(drawn: str) -> list[str]:
    return [one.text for one in ET.fromstring(drawn).iter(f"{SVG}text") if one.text and one.text.isdigit()]


@pytest.mark.parametrize("draw", [pictures.levels, pictures.levels_phone])
def test_a_picture_of_levels_is_named_escaped_and_without_style(draw: Any) -> None:
    drawn = draw([ROW], NAMES)
    root = ET.fromstring(drawn)
    assert root.get("role") == "img" and root.find(f"{SVG}desc") is not None
    assert "<b>" not in drawn and " style=" not in drawn
    assert "Identifier &lt;b&gt;un&lt;/b&gt; usager\u00a0: Novice 10\u00a0%, Indépendant 20\u00a0%" in drawn


@pytest.mark.parametrize(("draw", "layout"), DRAWINGS)
def test_parts_are_as_wide_as_what_they_count(draw: Any, layout: Any) -> None:
    found = parts(draw([ROW], NAMES))
    starts = [float(one.get("x", "0")) for one in found] + [layout.right]
    assert starts[0] == layout.left
    shares = [(end - start) / (layout.right - layout.left) for start, end in itertools.pairwise(starts)]
    assert shares == pytest.approx([0.1, 0.2, 0.5, 0.2], abs=0.001)
    assert [one.get("class") for one in found] == ["l1 v1", "l1 v2", "l1 v3", "l1 v4"]


def test_a_number_without_room_stands_outside_its_bar() -> None:
    drawn = pictures.levels([ROW | {"counts": [1, 60, 137, 2]}], NAMES)
    assert numbers(drawn) == ["1", "30", "68", "1"]
    places = {one.text: float(one.get("x", "0")) for one in ET.fromstring(drawn).iter(f"{SVG}text")}
    assert places["30"] > WIDE.left
    first, last = [one for one in ET.fromstring(drawn).iter(f"{SVG}text") if one.text == "1"]
    assert float(first.get("x", "0")) < WIDE.left and first.get("text-anchor") == "end"
    assert float(last.get("x", "0")) > WIDE.right


def test_a_level_where_nobody_is_has_neither_part_nor_number() -> None:
    drawn = pictures.levels([ROW | {"counts": [0, 5, 5, 0]}], NAMES)
    assert len(parts(drawn)) == 2
    assert numbers(drawn) == ["50", "50"]


def test_nobody_measured_says_so() -> None:
    assert "aucune mesure" in pictures.levels([ROW | {"counts": [0, 0, 0, 0]}], NAMES)


@pytest.mark.parametrize(
    ("counts", "shares"),
    [([1, 1, 1], [34, 33, 33]), ([0, 0], [0, 0]), ([2, 1], [67, 33]), ([1, 199], [1, 99]), ([7], [100])],
)
def test_percentages_make_a_hundred(counts: list[int], shares: list[int]) -> None:
    assert pictures.percentages(counts) == shares


def test_numbers_can_be_read_on_every_level_of_every_domain() -> None:
    for hue in range(1, 6):
        for level in range(len(SHARES)):
            ground = tint(hue, level)
            assert ratio(ground, CARD if level == len(SHARES) - 1 else INK) >= TEXT, (hue, level)


def mixed(one: str, other: str, share: float) -> str:
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def test_the_stylesheet_mixes_the_same_shares_and_can_be_read_in_the_dark() -> None:
    css = (SOURCES / "pilot" / "20-levels.css").read_text()
    light, dark = (
        {int(level): int(share) / 100 for level, share in re.findall(r"--v(\d): (\d+)%", line)}
        for line in re.findall(r":root[^{]*\{([^}]*)\}", css)[:2]
    )
    assert light == dict(enumerate(SHARES[:3], start=1))
    tokens = (SOURCES / "10-tokens.css").read_text().split('data-p~="sombre"')[1]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", tokens.split("@media")[0]))
    for hue in range(1, 6):
        for share in (light | dark).values():
            assert ratio(mixed(colours[f"d{hue}"], colours["card"], share), colours["ink"]) >= TEXT
        assert ratio(colours[f"d{hue}"], colours["card"]) >= TEXT


@pytest.mark.parametrize("draw", [pictures.heat, pictures.heat_phone])
def test_a_heat_map_has_one_mark_a_person(draw: Any) -> None:
    drawn = draw([{"label": "Identifier", "hue": 1, "cells": [0, 3, None, 3, 1]}], NAMES)
    assert [one.get("class") for one in parts(drawn)] == ["l1 v1", "l1 v4", "l1 v4", "l1 v2"]
    assert len(list(ET.fromstring(drawn).iter(f"{SVG}line"))) == 1
    assert "Identifier\u00a0: Novice 1, Indépendant 1, Avancé 0, Expert 2." in drawn


def test_a_heat_map_never_leaves_its_picture() -> None:
    for count in (1, 20, 50, 200):
        root = ET.fromstring(pictures.heat([{"label": "A", "hue": 2, "cells": [1] * count}], NAMES))
        width = float(root.get("viewBox", "").split()[2])
        ends = [float(one.get("x", "0")) + float(one.get("width", "0")) for one in root.iter(f"{SVG}rect")]
        assert max(ends) <= width


def test_nobody_is_drawn_as_nobody() -> None:
    assert "Aucune mesure." in pictures.heat([], NAMES)
    assert "Aucune mesure." in pictures.levels([], NAMES)


@pytest.mark.parametrize(("draw", "layout"), DRAWINGS)
def test_words_of_the_legend_do_not_touch_the_next_mark(draw: Any, layout: Any) -> None:
    """“Commencé” is drawn 0.7 em a letter by the widest of the system faces."""
    drawn = draw([ROW | {"counts": [1, 2, 3]}], ["Pas commencé", "Commencé", "Terminé"])
    squares = [(float(x), y) for x, y in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="14"', drawn)][:3]
    words = [(float(x), len(name)) for x, name in re.findall(r'<text x="([\d.]+)"[^>]*>([^<]+)</text>', drawn)][:3]
    assert len(squares) == len(words) == 3
    for (x, letters), (following, y), (_x, own) in zip(words, squares[1:], squares, strict=False):
        assert y != own or following - x - 0.7 * layout.number * letters >= 8
