"""Week by week: shares so far, of one's own year, measured here."""

import re
from datetime import date, timedelta
from itertools import pairwise

from lms.dashboards.figures import Figures
from lms.dashboards.figures.types import Week
from lms.dashboards.institution.overview import _weeks_picture
from lms.dashboards.institution.trend import running_shares

FIRST = date(2026, 6, 1)
WEEKS = [Week(FIRST + timedelta(weeks=at), measured=2, trained_measured=1, trained_declared=5) for at in range(12)]
OURS = Figures(enrolled=48, weeks=WEEKS)


def test_shares_grow_and_leave_out_those_declared() -> None:
    found = running_shares(OURS, Figures(), last=3)
    assert [one["monday"] for one in found] == [week.monday for week in WEEKS[-3:]]
    assert [one["measured"] for one in found] == [20 / 48, 22 / 48, 24 / 48]
    assert [one["trained"] for one in found] == [10 / 48, 11 / 48, 12 / 48]
    assert {one["national"] for one in found} == {None}


def test_a_year_that_ended_has_its_own_weeks() -> None:
    found = running_shares(OURS, Figures(), last=3, before=date(2026, 8, 1))
    assert [one["monday"] for one in found] == [date(2026, 7, 13), date(2026, 7, 20), date(2026, 7, 27)]
    assert found[-1]["measured"] == 18 / 48


def test_without_a_week_there_is_nothing() -> None:
    assert running_shares(OURS, Figures(), last=3, before=FIRST) == []
    assert running_shares(Figures(weeks=[Week(FIRST, trained_declared=3)]), Figures(), last=3) == []


def test_the_marks_of_the_scale_of_weeks_are_whole_percents() -> None:
    for measured in range(1, 49):
        week = {"monday": FIRST, "measured": measured / 48, "trained": None, "national": None}
        picture = str(_weeks_picture([week]))
        marks = [
            int(mark)
            for mark in re.findall(r">(\d+)\u00a0?%?</text>|>(\d+) %</text>", picture)
            for mark in mark
            if mark
        ]
        assert len(marks) == 5 and marks[-1] * 48 >= 100 * measured - 48
        assert len({after - before for before, after in pairwise(marks)}) == 1, marks
