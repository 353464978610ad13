"""Colours go to what people see of them and come back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.colours import Oklch, guessed, is_hex, normalised, to_hex, to_oklch

HEXES = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(HEXES)
def test_a_colour_comes_back_the_same(colour: str) -> None:
    assert to_hex(to_oklch(colour)) == colour


# CSS Color Module Level 4 gives oklch() of the named colours to two or three decimals.
@pytest.mark.parametrize(
    ("colour", "lightness", "chroma", "degrees"),
    [("#ff0000", 0.628, 0.258, 29.2), ("#00ff00", 0.866, 0.295, 142.5), ("#0000ff", 0.452, 0.313, 264.1)],
)
def test_the_space_is_that_of_css(colour: str, lightness: float, chroma: float, degrees: float) -> None:
    seen = to_oklch(colour)
    assert seen.lightness == pytest.approx(lightness, abs=0.001)
    assert seen.chroma == pytest.approx(chroma, abs=0.001)
    assert (seen.hue * 57.29578) % 360 == pytest.approx(degrees, abs=0.1)


def test_a_chroma_no_screen_can_show_is_lowered_and_the_lightness_stays() -> None:
    shown = to_oklch(to_hex(Oklch(0.3, 0.5, 1.0)))
    assert shown.chroma < 0.2
    assert shown.lightness == pytest.approx(0.3, abs=0.01)


def test_other_writings_are_understood_but_not_taken_for_ours() -> None:
    assert normalised("  0A5A57 ") == "#0a5a57"
    assert [guessed(text) for text in ("#abc", "red", "rgb(1, 2, 3)", "vert", "")] == [
        "#aabbcc", "#ff0000", "#010203", "", "",
    ]  # fmt: skip
    assert not any(is_hex(text) for text in ("#abc", "red", "#12345678", "#12345g", "0a5a57"))
