"""How long something takes, in words."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from themes.durations import duration


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 minute"), (1, "1 minute"), (59, "59 minutes"), (60, "1 h"), (592, "9 h 52"), (65, "1 h 05")],
)
def test_hours_come_from_sixty_minutes_on(minutes: int, said: str) -> None:
    with override("fr"):
        assert duration(minutes).replace("\u00a0", " ") == said


def test_a_page_says_nothing_measured_as_zero() -> None:
    with override("fr"):
        shown = Template("{% load socle %}{{ none|duration }}").render(Context({"none": None}))
    assert shown.replace("\u00a0", " ") == "0 minute"
