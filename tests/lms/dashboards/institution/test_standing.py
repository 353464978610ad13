"""Where a group is: what depends on scores is of those who share, counts are of everybody."""

from lms.dashboards.cohort.standing import Share
from lms.dashboards.figures import Figures
from lms.dashboards.institution.standing import Line

SHARING = {"shared_measured": 10, "shared_at_target": 4, "shared_ready": 2}


def test_results_are_of_those_who_share() -> None:
    line = Line("a", "A", Figures(enrolled=50, measured=40, at_target=30, ready=20, **SHARING), 28.0)
    assert (line.target, line.ready, line.measured) == (Share(4, 10), Share(2, 10), Share(40, 50))


def test_nobody_who_shares_is_no_share_at_all() -> None:
    line = Line("a", "A", Figures(enrolled=50, measured=40, at_target=30, ready=20), 28.0)
    assert (line.target.value, line.ready.value) == (None, None)
