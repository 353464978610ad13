"""A blank and the punctuation that follows it stay together (themes.templatetags.socle.marked)."""

import pytest

from themes.templatetags.socle import marked


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
