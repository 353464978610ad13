"""Erasing one's account asks for the second factor too, of whoever has one."""

import pytest
from django.core.cache import cache

from lms.accounts.api import User
from tests.lms.accounts.second_factor.walking import PASSWORD, Browser, codes_of, protected

LEAVE = "/compte/quitter/"


@pytest.fixture
def browser(learner: User) -> Browser:
    return protected(learner)


def _is_there(user: User) -> bool:
    return User.objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize("sent", [{"password": PASSWORD}, {"password": PASSWORD, "code": "000000"}])
def test_the_password_alone_is_not_enough(learner: User, browser: Browser, sent: dict[str, str]) -> None:
    refused = browser.post(LEAVE, sent)
    assert (refused.status_code, 'aria-invalid="true"' in refused.content.decode()) == (422, True)
    assert _is_there(learner)


def test_a_wrong_password_spends_no_code(learner: User, browser: Browser) -> None:
    code = codes_of(browser.secret)[2]
    assert browser.post(LEAVE, {"password": "une autre", "code": code}).status_code == 422
    assert browser.post(LEAVE, {"password": PASSWORD, "code": code}).status_code == 200
    assert not _is_there(learner)


def test_a_recovery_code_serves_as_well(learner: User, browser: Browser) -> None:
    kept = browser.codes()
    assert browser.post(LEAVE, {"password": PASSWORD, "code": kept[0]}).status_code == 200
    assert not _is_there(learner)


def test_whoever_has_no_password_gives_a_code(learner: User, browser: Browser) -> None:
    learner.set_unusable_password()
    learner.save()
    cache.clear()
    opened = Browser()
    opened.force_login(learner)
    assert opened.post(LEAVE).status_code == 422
    assert opened.post(LEAVE, {"code": codes_of(browser.secret)[2]}).status_code == 200
    assert not _is_there(learner)
