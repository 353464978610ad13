"""`check_bank` says what is offered and cannot be served, and breaks only then."""

import pytest

from question_bank.adaptive import Blueprint
from question_bank.itemfiles import serving
from tests.question_bank.test_check_bank import sound_bank


def lacks(monkeypatch, blueprint: Blueprint, audience: str = "student"):
    monkeypatch.setattr(serving, "_providers", [lambda: [serving.Offer("placement", audience, blueprint)]])
    return list(serving.serving(sound_bank()))


def test_a_bank_that_can_serve_lacks_nothing(monkeypatch):
    assert lacks(monkeypatch, Blueprint(8, 10, minimum_per_competency=0, one_per_cluster=False)) == []


def test_what_only_comes_back_too_often_is_told_and_is_no_problem(monkeypatch):
    found = lacks(monkeypatch, Blueprint(8, 40, one_per_cluster=False))
    assert [(one["kind"], one["is_servable"]) for one in found] == [("exposure", True)]


@pytest.mark.parametrize(
    ("blueprint", "kind", "where"),
    [
        (Blueprint(8, 200, one_per_cluster=False), "length", ""),
        (Blueprint(8, 20, minimum_per_domain=50, one_per_cluster=False), "domain", "D1"),
        (Blueprint(8, 20, minimum_per_competency=11, one_per_cluster=False), "competency", "D1.C1"),
    ],
)
def test_what_cannot_be_served_is_a_problem(monkeypatch, blueprint, kind, where):
    found = [one for one in lacks(monkeypatch, blueprint) if not one["is_servable"]]
    assert (found[0]["kind"], found[0]["where"]) == (kind, where)
    assert serving.told(found[0]).startswith("placement: ")


def test_every_offer_of_the_house_is_asked_about():
    from lms.assessments.offers import offers

    assert {offer.key for offer in offers()} >= {"placement", "citizen", "training"}
    assert list(serving.serving([])) == []
