"""What the tests of the sitting stand on: the real bank, and someone who takes an assessment."""

import pytest

from tests.lms.assessments.loaded import load
from tests.lms.assessments.taking import Taker


@pytest.fixture
def bank(db: None) -> None:
    """Put the real framework, bank and assessments in this test's database."""
    load()


@pytest.fixture
def taker(bank: None) -> Taker:
    """Someone who has just opened a placement."""
    return Taker().start()
