"""What may happen to a sitting: a lost connection, the back button, two tabs, a session that ends, a database away."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Faults, enter
from tests.e2e.installation import Installation
from tests.e2e.judging import fits, judge
from tests.e2e.playing import END, answer, begin, fill, finish, position, send, served, wait_past

EXPECTED = ("Failed to load resource", "net::ERR")


def forgive(faults: Faults) -> None:
    """The console tells of what the test itself provoked."""
    faults[:] = [fault for fault in faults if not any(words in fault for words in EXPECTED)]


def test_an_answer_whose_connection_is_lost_arrives_once(page: Page, site: Installation, faults: Faults) -> None:
    token = begin(page)
    answer(page)
    item, lost = served(page), []

    def lose(route: Route) -> None:
        lost.append(route.request.post_data)
        route.abort("connectionfailed")

    page.route("**/reponse**", lose)
    fill(page)
    page.locator(END).click()
    page.get_by_text("Pas encore enregistrée").wait_for()
    judge(page)
    assert site.answers(token) == 1
    while len(lost) < 3:  # it now waits for four seconds before it tries again by itself: time for a finger
        page.wait_for_timeout(50)
    page.unroute("**/reponse**")
    page.get_by_role("button", name="Renvoyer maintenant").click()
    wait_past(page, item)
    page.get_by_text("Réponse précédente enregistrée.").wait_for()
    assert (site.answers(token), position(page)) == (2, 3)
    finish(page)
    forgive(faults)


def test_an_acknowledgement_that_is_lost_is_asked_again(page: Page, site: Installation, faults: Faults) -> None:
    """The server has the answer, the page does not know: it repeats it with the same key, and goes on by itself."""
    token = begin(page)
    item, told = served(page), []

    def swallow(route: Route) -> None:
        told.append(route.fetch().status)
        route.abort("connectionreset")

    page.route("**/reponse**", swallow, times=1)
    fill(page)
    page.locator(END).click()
    wait_past(page, item)
    assert (told, site.answers(token), position(page)) == ([200], 1, 2)
    forgive(faults)


def test_back_and_reload_change_nothing(page: Page, site: Installation) -> None:
    token = begin(page)
    for _ in range(3):
        answer(page)
    assert page.url.endswith(f"/evaluation/s/{token}/")
    item = served(page)
    page.reload()
    assert (served(page), site.answers(token)) == (item, 3)
    page.go_back()  # to the page before the sitting
    page.go_forward()
    page.locator("[name=item]").wait_for(state="attached")
    assert (served(page), site.answers(token)) == (item, 3)
    send(page, "Je ne sais pas")
    assert site.answers(token) == 4


def test_back_without_java_script_follows_the_server(plain: Page, site: Installation) -> None:
    token = begin(plain)
    answer(plain)
    plain.go_back()
    fill(plain)
    plain.locator(END).click()  # an old page may be shown: its answer changes nothing
    assert site.answers(token) in {1, 2}
    expect(plain.locator("[name=item]")).to_have_count(1)
    assert position(plain) == site.answers(token) + 1


def test_two_tabs(page: Page, site: Installation, faults: Faults) -> None:
    token = begin(page)
    while page.locator("[name=step]").count():  # a simulation has its own way with two tabs (test_simulation)
        token = begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    answer(page)
    item = served(page)
    fill(other)
    other.locator(END).click()
    other.locator(f'[name=item][value="{item}"]').wait_for(state="attached")
    expect(other.get_by_text("avait déjà sa réponse").or_(other.get_by_text("enregistrée")).first).to_be_visible()
    assert site.answers(token) == 1
    send(other, "Je ne sais pas")
    send(page, "Je ne sais pas") if served(page) == served(other) else page.reload()
    assert site.answers(token) in {2, 3}
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    forgive(faults)


@pytest.mark.parametrize("has_java_script", [True, False])
def test_a_session_that_ends_leads_to_signing_in_and_back(
    has_java_script: bool, open_page: Callable[..., Page], site: Installation, faults: Faults
) -> None:
    email, password = f"nuit-{has_java_script}@exemple.fr", "un long mot de passe 42"
    page = open_page(java_script_enabled=has_java_script)
    sign_up(page, site, email, password)
    token = begin(page)
    answer(page)
    item = served(page)
    fill(page)
    session = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    site.query("DELETE FROM accounts_session WHERE session_key = ?", session)  # signed out elsewhere
    page.locator(END).click()
    page.get_by_role("heading", name="Me connecter").wait_for()
    expect(page.get_by_text("Votre session s’est terminée avant que votre réponse soit enregistrée")).to_be_visible()
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form .button").first.click()
    page.locator("[name=item]").wait_for(state="attached")
    assert (served(page), site.answers(token)) == (item, 1)
    chosen = page.locator("form[data-sitting]").evaluate(
        "form => [...new FormData(form)].filter(([name, value]) => value && !['key', 'item'].includes(name)).length"
    )
    assert chosen  # what had been typed is still there
    expect(page.locator("#avis")).to_contain_text("pas encore enregistrée")
    send(page)
    assert site.answers(token) == 2
    assert page.url.endswith(f"/evaluation/s/{token}/")  # what the address brought back fills no later situation
    forgive(faults)


def sign_up(page: Page, site: Installation, email: str, password: str) -> None:
    """Create an account, with the code that the letter brings."""
    page.goto("/compte/signup/")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password1]").fill(password)
    page.locator("main form .button").first.click()
    confirm(page, site, email)
    page.wait_for_url("**/profil/")


def confirm(page: Page, site: Installation, email: str) -> None:
    """Write the code of the letter in the page that asks for it."""
    page.get_by_role("heading", name="Confirmez votre adresse").wait_for()
    letter = site.query('SELECT text FROM kernel_mail WHERE "to" = ? ORDER BY id DESC LIMIT 1', email.lower())[0][0]
    found = re.search(r"\b\d{6}\b", letter)
    assert found
    page.locator("[name=code]").fill(found[0])
    page.locator("main form .button").first.click()


def test_a_result_is_kept_by_creating_an_account(page: Page, site: Installation, faults: Faults) -> None:
    token = site.stage["to_keep"]
    page.goto(f"/evaluation/s/{token}/profil")
    page.get_by_role("link", name="Garder ce résultat").click()
    page.get_by_role("link", name="Créer mon compte").click()
    page.locator("[name=email]").fill("garde@exemple.fr")
    page.locator("[name=password1]").fill("un long mot de passe 42")
    page.locator("main form .button").first.click()
    confirm(page, site, "garde@exemple.fr")
    page.get_by_role("button", name="Garder dans ma page").click()
    page.wait_for_url("**/profil")
    assert token not in page.url
    kept = page.url
    response = page.goto(f"/evaluation/s/{token}/profil")
    assert response and response.status == 404
    page.goto("/profil/")
    page.locator("tbody a").click()
    page.wait_for_url(kept)
    forgive(faults)


def test_a_result_is_erased_at_once(page: Page, site: Installation, faults: Faults) -> None:
    token = site.stage["to_erase"]
    page.goto(f"/evaluation/s/{token}/profil")
    page.get_by_role("link", name="Effacer ce résultat").click()
    page.get_by_role("button", name="Effacer définitivement").click()
    page.get_by_role("heading", name="Votre résultat est effacé.").wait_for()
    judge(page)
    response = page.goto(f"/evaluation/s/{token}/profil")
    assert response and response.status == 404
    assert page.context.cookies() == []
    forgive(faults)


def test_database_away_without_java_script(plain: Page, site: Installation, faults: Faults) -> None:
    token = begin(plain)
    fill(plain)
    with site.database_away():
        plain.locator(END).click()
        plain.get_by_role("heading", name="Votre réponse n’est pas encore enregistrée.").wait_for()
        fits(plain)
    plain.get_by_role("button", name="Renvoyer ma réponse").click()
    plain.locator("[name=item]").wait_for(state="attached")
    assert (site.answers(token), position(plain)) == (1, 2)
    forgive(faults)


def test_database_away_with_java_script(page: Page, site: Installation, faults: Faults) -> None:
    token = begin(page)
    item = served(page)
    fill(page)
    with site.database_away():
        page.locator(END).click()
        page.get_by_text("Pas encore enregistrée").wait_for()
    page.get_by_role("button", name="Renvoyer maintenant").click()
    wait_past(page, item)
    assert site.answers(token) == 1
    forgive(faults)


def test_an_answer_of_more_than_64_kb_is_refused_with_a_sentence(
    plain: Page, site: Installation, faults: Faults
) -> None:
    token = site.stage["answerable"]["text"]["long"]
    plain.goto(f"/evaluation/s/{token}/")
    plain.locator("#text").evaluate("one => { one.value = 'a'.repeat(70000); }")
    plain.locator(END).click()
    plain.get_by_role("heading", name="C’est trop long pour être reçu.").wait_for()
    fits(plain)
    assert site.answers(token) == 0
    forgive(faults)


def test_somebody_else_s_attempt_is_a_plain_404(
    open_page: Callable[..., Page], site: Installation, faults: Faults
) -> None:
    for page in (open_page(), open_page("professional")):
        response = page.goto(f"/evaluation/s/{site.stage['kept']}/profil")
        assert response and response.status == 404
    enter(page.context, "student")
    response = page.goto(f"/evaluation/s/{site.stage['kept']}/profil")
    assert response and response.status == 200
    forgive(faults)
