"""A small curve: higher is more, the last point is written, the other line is dotted on the same scale."""

import re
import xml.etree.ElementTree as ET

import pytest

from themes.pictures import spark

SVG = "{http://www.w3.org/2000/svg}"


def lines(drawn: str) -> list[list[tuple[float, float]]]:
    found = re.findall(r'<polyline points="([^"]+)"', drawn)
    return [[(float(x), float(y)) for x, y in (pair.split(",") for pair in one.split())] for one in found]


def test_higher_is_more_and_the_last_is_written() -> None:
    drawn = spark([400, None, 500])
    ((first, last),) = lines(drawn)
    assert first[1] > last[1]
    assert [one.text for one in ET.fromstring(drawn).iter(f"{SVG}text")] == ["500"]
    assert "De 400 à 500." in drawn


def test_the_line_beside_is_dotted_on_the_same_scale() -> None:
    drawn = spark([400, 500], [500, 400])
    beside, ours = lines(drawn)
    assert beside[0][1] == ours[1][1]
    assert drawn.count("stroke-dasharray") == 1
    assert "National\u00a0: 400." in drawn


def test_a_change_of_two_points_does_not_climb_the_card() -> None:
    ((first, last),) = lines(spark([500, 502]))
    assert 0 < first[1] - last[1] < 4


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_known_is_drawn_as_nothing(values: list[None]) -> None:
    drawn = spark(values)
    assert "polyline" not in drawn and "Aucun point." in drawn


def test_one_point_stays_in_the_picture() -> None:
    root = ET.fromstring(spark([990]))
    width, height = (float(part) for part in root.get("viewBox", "").split()[2:])
    for circle in root.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx", "0")) < width
        assert 0 < float(circle.get("cy", "0")) < height
