"""A blank and the punctuation that follows it stay together (themes.templatetags.socle.marked)."""

import pytest

from themes.templatetags.socle import has_long_menu, marked


def texts(*segments: dict[str, str]) -> list[tuple[str, str]]:
    return [(found.get("text", found.get("blank", "")), found["mark"]) for found in marked(segments)]


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        (". La suite", ".", " La suite"),
        ("\u00a0; puis", "\u00a0;", " puis"),
        ("\u00a0».", "\u00a0».", ""),
        (" et la suite.", "", " et la suite."),
    ],
)
def test_the_punctuation_after_a_blank_goes_with_it(text: str, mark: str, rest: str) -> None:
    assert texts({"text": "Avant "}, {"blank": "a"}, {"text": text}) == [("Avant ", ""), ("a", mark), (rest, "")]


def test_two_blanks_in_a_row_keep_their_order() -> None:
    assert texts({"blank": "a"}, {"blank": "b"}) == [("a", ""), ("b", "")]


def test_blanks_are_numbered_in_their_order() -> None:
    found = marked([{"blank": "x"}, {"text": " puis "}, {"blank": "y"}, {"text": "."}])
    assert [one.get("number") for one in found] == [1, None, 2, None]


def test_one_long_choice_is_enough_for_the_choices_to_be_written_out() -> None:
    short, long = (
        {"blank": "x", "choices": [{"text": "avant"}]},
        {"blank": "y", "choices": [{"text": "après la visite"}]},
    )
    assert not has_long_menu([short, {"text": "une phrase, si longue soit-elle"}], 14)
    assert has_long_menu([short, {"text": "puis"}, long], 14)
