"""The figures of the instructor's pages are data, in one place."""

from pathlib import Path

import pytest

from kernel.datafile import DataFileError
from lms.dashboards.cohort.rules import load, rules


def test_two_weeks_without_a_step_are_long() -> None:
    assert rules().stuck_for.days == rules().stuck_days == 14


@pytest.mark.parametrize(
    "text", ["stuck_days: 14", "stuck_days: x\ntries: 2\ntaught_next: 3\nmodules_each: 2\npage: 0"]
)
def test_a_file_that_says_less_or_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cohort.yaml"
    path.write_text(text)
    with pytest.raises(DataFileError):
        load(path)
