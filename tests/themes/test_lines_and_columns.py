"""Curves and columns: what they draw is what they were given, and names never cover each other."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from themes.pictures import columns, lines

SVG = "{http://www.w3.org/2000/svg}"


def texts(drawn: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn).iter(f"{SVG}text"))


def test_a_line_breaks_nothing_where_nothing_is_known():
    drawn = lines([{"label": "A", "values": [0.1, None, 0.5], "is_main": True}], ["1", "2", "3"])
    points = re.search(r'<polyline points="([^"]+)"', drawn)
    assert points
    assert len(points[1].split()) == 2
    assert "A\u00a0: 10\u00a0%, 50\u00a0%." in drawn


def test_higher_is_more():
    drawn = lines([{"label": "A", "values": [0.0, 1.0]}], ["1", "2"])
    first, last = re.search(r'<polyline points="([^"]+)"', drawn)[1].split()
    assert float(first.split(",")[1]) > float(last.split(",")[1])


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_names_of_lines_that_end_together_stay_apart(value):
    series = [{"label": f"D{n}", "values": [0.2, value]} for n in range(5)]
    names = [one for one in texts(lines(series, ["1", "2"])) if one.text.startswith("D")]
    heights = sorted(float(one.get("y")) for one in names)
    assert all(low + 14.9 <= high for low, high in pairwise(heights))
    assert 0 < heights[0] < heights[-1] <= 230


def test_nothing_known_is_drawn_as_nothing():
    assert "polyline" not in lines([{"label": "A", "values": [None, None]}], ["1", "2"])
    assert "Aucun point." in lines([], ["1"])


def test_columns_stand_as_tall_as_what_they_count():
    drawn = columns([{"label": "a", "value": 10, "value_label": "10"}, {"label": "b", "value": 5, "value_label": "5"}])
    tall = [float(one.get("height")) for one in ET.fromstring(drawn).iter(f"{SVG}rect")]
    assert tall[0] == pytest.approx(2 * tall[1])
    assert "stroke-dasharray" not in drawn


def test_a_limit_is_drawn_at_its_height():
    drawn = columns([{"label": "a", "value": 10, "value_label": "10"}], 5)
    root = ET.fromstring(drawn)
    bar, line = next(root.iter(f"{SVG}rect")), next(root.iter(f"{SVG}line"))
    middle = float(bar.get("y")) + float(bar.get("height")) / 2
    assert float(line.get("y1")) == pytest.approx(middle)


def test_what_is_written_is_escaped():
    hostile = "<script>alert(1)</script>"
    assert "<script" not in lines([{"label": hostile, "values": [0.5]}], [hostile])
    assert "<script" not in columns([{"label": hostile, "value": 1, "value_label": hostile}])
