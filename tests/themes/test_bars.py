"""Bars lying down: in scale, never beyond their end, uncertain where they are, told in words."""

import re
from xml.etree import ElementTree as ET

import pytest

from themes.pictures import bars, bars_phone

NS = "{http://www.w3.org/2000/svg}"


def rects(svg: str, css: str) -> list[ET.Element]:
    return [one for one in ET.fromstring(svg).iter(f"{NS}rect") if one.get("class") == css]


def widths(svg: str, css: str = "area") -> list[float]:
    return [float(one.get("width", "0")) for one in rects(svg, css)]


def share(value: float, low: float, high: float) -> dict[str, object]:
    return {"label": "Médecine", "value_label": "50 %", "value": value, "low": low, "high": high}


def test_what_is_sure_is_solid_and_what_is_not_fades() -> None:
    svg = bars([share(0.5, 0.4, 0.6)])
    track = widths(svg, "track")[0]
    assert widths(svg)[0] == pytest.approx(0.4 * track, abs=0.02)
    assert svg.count("<linearGradient") == 1
    ring = ET.fromstring(svg).find(f".//{NS}circle")
    left = float(rects(svg, "track")[0].get("x", "0"))
    assert ring is not None and float(ring.get("cx", "0")) == pytest.approx(left + 0.5 * track, abs=0.02)


def test_parts_follow_one_another_and_stay_within() -> None:
    svg = bars(
        [{"label": "a", "value_label": "3", "parts": [1, 2]}, {"label": "b", "value_label": "9", "parts": [3, 6]}], 4
    )
    track = widths(svg, "track")[0]
    assert widths(svg) == pytest.approx([track / 4, track / 2, track * 3 / 4, track / 4], abs=0.03)


def test_nothing_known_is_a_track_and_words() -> None:
    svg = bars([{"label": "Médecine", "value_label": "masqué"}])
    assert widths(svg) == [] and len(widths(svg, "track")) == 1
    assert "Médecine : masqué." in svg


def test_a_limit_is_drawn_and_named() -> None:
    svg = bars([share(0.5, 0.4, 0.6)], limit={"at": 0.66, "label": "national : 66 %"})
    assert svg.count("national : 66 %") == 2  # the words, and what is told
    assert 'class="limit"' in svg


@pytest.mark.parametrize("drawn", [bars, bars_phone])
def test_every_text_is_inside_and_large_enough(drawn: object) -> None:
    rows = [share(0.5, 0.4, 0.6) | {"label": "Université de Versailles Saint-Quentin-en-Yvelines"}] * 3
    svg = drawn(rows, limit={"at": 0.99, "label": "national"})  # type: ignore[operator]
    height = float(re.search(r'viewBox="0 0 \S+ (\S+)"', svg)[1])  # type: ignore[index]
    for one in ET.fromstring(svg).iter(f"{NS}text"):
        assert float(one.get("font-size", "0")) >= 13
        assert 0 < float(one.get("y", "0")) <= height


def test_a_phone_has_its_own_drawing() -> None:
    assert 'viewBox="0 0 288 ' in bars_phone([share(0.5, 0.4, 0.6)])


def test_a_list_and_a_bar_alone_take_the_whole_page() -> None:
    rows = [share(0.5, 0.4, 0.6), share(0.2, 0.1, 0.3)]
    assert rects(bars(rows, is_whole=True), "track")[0].get("x") == "350"
    assert rects(bars(rows[:1], is_whole=True), "track")[0].get("x") == "0"


def test_names_are_escaped() -> None:
    assert "<b>" not in bars([{"label": "<b>", "value_label": "1", "parts": [1]}])


def test_no_row_is_still_a_picture() -> None:
    ET.fromstring(bars([]))
