"""What every room's tests may stand on."""

import pytest

from tests.lms.assessments.loaded import load


@pytest.fixture
def bank(db: None) -> None:
    """Put the real framework, part of the bank and the assessments in this test's database."""
    load()
