"""The ground of the comparison: the bank as described, the peer as described."""

from __future__ import annotations

import json
from io import StringIO

import numpy as np
import pytest

from benches.engine.bank import COMPETENCIES, DOMAIN_OF, generate_bank, generate_people, responses
from benches.engine.measures import overlap
from benches.engine.peers import Pix, answers_of
from benches.report import Figure, print_figures


def test_the_bank_is_the_one_described() -> None:
    bank = generate_bank(3, guessing=True)

    assert np.bincount(bank.competency).tolist() == [25] * COMPETENCIES
    assert np.bincount(DOMAIN_OF).tolist() == [3, 4, 4, 3, 2]
    assert set(np.bincount(bank.cluster).tolist()) <= {5, 6, 7}
    assert (bank.discrimination >= 0.35).all()
    assert (bank.discrimination <= 2.8).all()
    assert np.mean(bank.guessing == 0.25) == pytest.approx(0.6, abs=0.08)
    assert bank.difficulty.std() == pytest.approx(np.hypot(4 / 3, 0.4), abs=0.1)


def test_everybody_meets_the_same_people() -> None:
    bank, people = generate_bank(3), generate_people(3, count=50, items=400, dimensions=16)

    again = responses(generate_bank(3), generate_people(3, count=50, items=400, dimensions=16))
    assert np.array_equal(responses(bank, people), again)
    spread = np.cov(generate_people(4, count=20_000, items=1, dimensions=16).theta.T)
    assert spread[0, 0] == pytest.approx(1.0, abs=0.04)
    assert spread[0, 1] == pytest.approx(0.88, abs=0.04)
    assert spread[0, 15] == pytest.approx(0.70, abs=0.04)


def test_pix_moves_are_bounded_and_its_content_rules_hold() -> None:
    bank, draw = generate_bank(3), np.random.default_rng(1)
    peer = Pix(bank)

    assert peer.estimate(-3.0, np.exp(-0.5 * (peer.NODES - 4.0) ** 2))[0] == pytest.approx(-1.5)
    assert peer.estimate(0.2, np.exp(-5.0 * (peer.NODES + 6.0) ** 2))[0] == pytest.approx(-0.3)
    sitting = peer.sit(answers_of(np.ones(400, dtype=bool)), 32, draw)
    competencies = bank.competency[sitting.items].tolist()
    assert len(set(competencies[:16])) == 16
    assert len(set(bank.cluster[sitting.items].tolist())) == 32
    assert all(now not in competencies[i - 2 : i] for i, now in enumerate(competencies) if i >= 2)


def test_overlap_is_the_mean_share_in_common() -> None:
    items = np.array([[0, 1], [1, 2], [3, 0]])

    assert overlap(items, 4) == pytest.approx((0.5 + 0.5 + 0.0) / 3)


def test_a_missed_target_is_printed_as_missed() -> None:
    out = StringIO()
    figures = [
        Figure("engine", "step_1d_p50", 41.0, "us", 50, "catsim", 955.0),
        Figure("engine", "free_rmse", 0.25, "logit", 0.24, error=0.002),
    ]

    assert print_figures(figures, out) is False
    lines = out.getvalue().splitlines()
    assert "MISSED" in lines[2]
    assert lines[-2] == (
        '{"bench": "engine", "figure": "step_1d_p50", "value": 41.0, "unit": "us", '
        '"target": 50, "peer": "catsim", "peer_value": 955.0}'
    )
    assert json.loads(lines[-1])["target"] == 0.24
