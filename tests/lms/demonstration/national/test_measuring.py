"""Measuring many people at once says what the engine says of each."""

import numpy as np
import pytest

from lms.demonstration.national.measuring import Answers, believed, measured, reached
from question_bank import adaptive

DOMAINS = [0, 0, 0, 1, 1, 2]
PEOPLE, LENGTH = 300, 14  # more people than a block holds
CUTS = (350, 500, 650)


@pytest.fixture(scope="module")
def pool() -> adaptive.Pool:
    luck = np.random.default_rng(5)
    count = 90
    graded = {item: sorted(luck.normal(0.0, 1.2, 3).tolist()) for item in range(0, count, 7)}
    return adaptive.Pool.build(
        discrimination=luck.uniform(0.5, 2.5, count),
        difficulty=luck.normal(0.0, 1.3, count),
        guessing=[0.0 if item in graded else 0.2 * (item % 2) for item in range(count)],
        competency=np.arange(count) % len(DOMAINS),
        domain_of=DOMAINS,
        is_pretest=np.arange(count) % 11 == 10,
        graded=graded,
    )


@pytest.fixture(scope="module")
def prior() -> adaptive.Ability:
    return adaptive.starting_ability(DOMAINS, general=0.65, domain=0.2, competency=0.15)


@pytest.fixture(scope="module")
def answers(pool: adaptive.Pool, prior: adaptive.Ability) -> Answers:
    luck = np.random.default_rng(6)
    items = np.stack([luck.choice(pool.size, LENGTH, replace=False) for _ in range(PEOPLE)])
    thetas = adaptive.examinees(prior, luck.standard_normal((PEOPLE, len(DOMAINS))))
    drawn = luck.random(items.shape)
    scores = reached(pool, items, thetas, drawn)
    one_by_one = [
        [adaptive.answer_of(pool, int(item), theta, own) for item, own in zip(line, luck_of_one, strict=True)]
        for line, theta, luck_of_one in zip(items, thetas, drawn, strict=True)
    ]
    assert scores.tolist() == one_by_one
    lengths = luck.integers(1, LENGTH + 1, PEOPLE)
    return Answers(items, scores, (np.arange(LENGTH) < lengths[:, None]) & ~pool.is_pretest[items])


def test_beliefs_and_reports_are_those_of_the_engine(
    pool: adaptive.Pool, prior: adaptive.Ability, answers: Answers
) -> None:
    first, last = believed(prior, pool, answers)
    measures, stored = measured(last, pool, CUTS, widening=1.33), first.stored()
    for one in range(0, PEOPLE, 7):
        kept = answers.is_counted[one]
        items, scores = answers.items[one][kept].tolist(), answers.scores[one][kept].tolist()
        replayed, smoothed = adaptive.replay(prior, pool, items, scores), adaptive.smooth(prior, pool, items, scores)
        back = adaptive.Ability.from_bytes(stored[one], len(DOMAINS))
        for ours, theirs in (
            (back.mean, replayed.mean), (back.covariance, replayed.covariance),
            (last.means[one], smoothed.mean), (last.covariances[one], smoothed.covariance),
        ):  # fmt: skip
            assert ours == pytest.approx(theirs, abs=1e-9)
        said = adaptive.report(smoothed, DOMAINS, CUTS, widening=1.33)
        for place, line in enumerate((said.overall, *said.domains, *said.competencies)):
            points = (measures.score, measures.low, measures.high, measures.level)
            assert tuple(int(table[one, place]) for table in points) == (line.score, line.low, line.high, line.level)
            logits = measures.theta[one, place], measures.standard_error[one, place]
            assert logits == pytest.approx((line.theta, line.standard_error), abs=1e-9)
