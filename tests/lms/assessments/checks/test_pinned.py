"""What a check teaches, item by item, on a bank and from a prior written by hand: the numbers never move."""

import numpy as np
import pytest

from lms.assessments import focusing
from question_bank import adaptive

DOMAIN_OF = [0, 0, 1]
START = adaptive.starting_ability(DOMAIN_OF, general=0.65, domain=0.20, competency=0.15)
POOL = adaptive.Pool.build(
    discrimination=[1.2, 1.0, 1.4, 1.1, 0.9],
    difficulty=[-0.5, 0.0, 0.4, 0.8, 0.2],
    guessing=[0.25, 0.0, 0.2, 0.0, 0.0],
    competency=[0, 0, 0, 0, 0],
    cluster=[0, 1, 2, 3, 4],
    domain_of=DOMAIN_OF,
)
ANSWERS = [1, 0, 1, 1, 0]
PINNED = [(582, 543, 495), (527, 511, 471), (563, 532, 486), (610, 559, 507), (574, 538, 491)]


def known() -> adaptive.Ability:
    """What a placement had left: a little above the middle, half as sure as at first."""
    return adaptive.Ability(np.array([0.4, 0.2, -0.1]), START.covariance * 0.5)


def scores_along(prior: adaptive.Ability) -> list[tuple[int, int, int]]:
    """Return the reported score of each competency after each answer."""
    ability, found = prior, []
    for item, answer in enumerate(ANSWERS):
        ability = adaptive.update(ability, POOL, item, answer)
        measures = adaptive.report(ability, DOMAIN_OF, [400, 550, 700]).competencies
        found.append(tuple(measure.score for measure in measures))
    return found  # type: ignore[return-value]


def test_the_trajectory_from_a_widened_prior_is_pinned() -> None:
    prior = focusing.widened(known(), [0], START)
    assert np.allclose(prior.covariance.diagonal(), [0.75, 0.5, 0.5])
    assert scores_along(prior) == PINNED


def test_without_widening_the_same_answers_move_it_less() -> None:
    taught, untaught = scores_along(focusing.widened(known(), [0], START)), scores_along(known())
    assert abs(taught[0][0] - 560) > abs(untaught[0][0] - 560)
    assert taught != untaught


def test_what_was_not_taught_moves_less_than_what_was() -> None:
    first = scores_along(focusing.widened(known(), [0], START))[0]
    moves = [score - before for score, before in zip(first, (560, 530, 485), strict=True)]
    assert moves[0] > moves[1] > moves[2] > 0


def test_a_replay_is_the_same_bit_for_bit() -> None:
    prior = focusing.widened(known(), [0], START)
    one_by_one = prior
    for item, answer in enumerate(ANSWERS):
        one_by_one = adaptive.update(one_by_one, POOL, item, answer)
    stored = adaptive.Ability.from_bytes(prior.to_bytes(), 3)
    assert adaptive.replay(stored, POOL, range(5), ANSWERS).to_bytes() == one_by_one.to_bytes()


@pytest.mark.parametrize("times", [1, 5])
def test_widening_stops_at_what_is_believed_of_somebody_unknown(times: int) -> None:
    ability = known()
    for _ in range(times):
        ability = focusing.widened(ability, [0], START)
    assert ability.covariance[0, 0] == pytest.approx(min(0.5 + 0.25 * times, 1.0))
