"""Somebody checks a certificate: by keyboard, on a telephone, without JavaScript."""

import pytest

from certificates import api
from certificates.codes import new_code
from tests.e2e.conftest import expected_faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(now):
    api.define(key="socle", titles={"fr": "Socle commun", "en": "Common core"})
    return api.issue(
        achievement="socle", holder_name="Léa Martin", holder_ref="user:1", issuer_name="Université", issued_at=now
    )


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_every_state_is_open_to_all(request, screen, certificate, axe, faults, now):
    visitor = request.getfixturevalue(screen)
    visitor.goto("/verification/")
    axe(visitor)
    visitor.goto(f"/verification/{certificate.code}")
    assert visitor.get_by_role("heading", name="Ce certificat est valide.").is_visible()
    axe(visitor)
    api.revoke(code=certificate.code, reason="Fraude établie", at=now)
    visitor.reload()
    axe(visitor)
    with expected_faults(faults):  # the console tells of the 404 and of the 422
        visitor.goto(f"/verification/{new_code()}")
        axe(visitor)
        visitor.goto("/verification/?code=x")
        axe(visitor)


def test_by_keyboard_alone(page, certificate):
    page.goto("/verification/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # “Aller au contenu”
    page.keyboard.press("Tab")
    page.keyboard.type(certificate.printed_code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/verification/{certificate.code}")
    assert page.get_by_text("Léa Martin").is_visible()
    assert page.context.cookies() == []


def test_without_java_script(plain, certificate):
    plain.goto("/verification/")
    plain.get_by_label("Code du certificat").fill(certificate.code)
    plain.get_by_role("button", name="Vérifier").click()
    assert plain.get_by_role("heading", name="Ce certificat est valide.").is_visible()
