"""A whole sitting: by keyboard alone, without JavaScript, in English, in training, with wishes in the address."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Faults
from tests.e2e.installation import Installation
from tests.e2e.judging import fits, judge
from tests.e2e.playing import (
    answer,
    begin,
    fill,
    finish,
    is_at_profile,
    position,
    press_send,
    send,
    tab_to,
    token_of,
    type_answer,
)
from tests.e2e.states import INTERACTIONS


def test_by_keyboard_alone(page: Page, site: Installation) -> None:
    page.goto("/")
    tab_to(page, "main .hero .button")
    page.goto("/evaluation/citizen/")
    tab_to(page, "main form .button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/evaluation/s/**")
    token, count = token_of(page), 0
    while not is_at_profile(page):
        type_answer(page)
        press_send(page)
        count += 1
    assert site.answers(token) == count
    tab_to(page, "main details summary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell").first).to_be_visible()


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_each_interaction_by_keyboard_alone(interaction: str, page: Page, site: Installation) -> None:
    token = site.stage["answerable"][interaction]["keyboard"]
    page.goto(f"/evaluation/s/{token}/")
    type_answer(page)
    press_send(page)
    assert site.answers(token) == 1


def test_the_wish_panel_opens_and_closes_by_keyboard(page: Page, site: Installation) -> None:
    page.goto(f"/evaluation/s/{site.stage['questions']['text']}/")
    page.locator("#text").fill("SMS")
    tab_to(page, ".aa summary")
    page.keyboard.press("Enter")
    tab_to(page, ".aa [value=contraste]")
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.dataset.p") == "contraste"
    page.keyboard.press("Escape")
    expect(page.locator(".aa[open]")).to_have_count(0)
    expect(page.locator("#text")).to_have_value("SMS")
    assert page.url.endswith("?p=contraste")


def test_without_java_script(plain: Page, site: Installation) -> None:
    token = begin(plain)
    count = finish(plain)
    assert site.answers(token) == count
    assert plain.context.cookies() == []
    expect(plain.locator("table").first).to_be_attached()
    plain.get_by_role("link", name="Revoir mes réponses").click()
    expect(plain.locator(".review > details")).to_have_count(count)


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_each_interaction_on_a_small_screen_without_java_script(
    interaction: str, open_page: Callable[..., Page], site: Installation, faults: Faults
) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    token = site.stage["answerable"][interaction]["plain"]
    page.goto(f"/evaluation/s/{token}/")
    page.get_by_role("button", name="Valider").click()  # nothing given: the form again, with its sentence
    expect(page.locator(".error").first).to_be_visible()
    fits(page)
    for control in page.locator(
        "form[data-sitting] :is(select, [type=radio], [type=checkbox], [name=text], .blank input)"
    ).all():
        box = control.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320, control.evaluate("one => one.outerHTML")
    fill(page)
    send(page)
    assert site.answers(token) == 1
    faults.clear()  # the console tells of the 422


def test_the_choices_of_a_gapped_text_are_read_whole_on_a_small_screen_without_java_script(
    open_page: Callable[..., Page], site: Installation
) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto(f"/evaluation/s/{site.stage['questions']['inline_choice']}/")
    menus = page.locator(".blanks select").all()
    for menu, group in zip(menus, page.locator(".keys > div").all(), strict=True):
        expect(group.locator("p")).to_have_text(str(menu.get_attribute("aria-label")))
        listed = [
            f"{letter}. {text}" for letter, text in zip("ABCDE", group.locator("li").all_inner_texts(), strict=False)
        ]
        assert menu.locator("option").all_inner_texts()[1:] == listed
        for line in group.locator("li").all():
            expect(line).to_be_visible()
    fits(page)


def test_a_place_is_pointed_at_on_the_picture_without_java_script(plain: Page, site: Installation) -> None:
    token = site.stage["answerable"]["hotspot"]["typed"]
    plain.goto(f"/evaluation/s/{token}/")
    for zone in plain.locator("label.zone").all():
        zone.click()
        assert plain.locator("[name=choice]:checked").get_attribute("id") == zone.get_attribute("for")
    expect(plain.locator("label.zone")).to_have_count(plain.locator("[name=choice]").count())
    send(plain)
    assert site.answers(token) == 1


def test_lines_that_nobody_moved_are_an_order_only_when_validated_twice(page: Page, site: Installation) -> None:
    token = site.stage["answerable"]["order"]["typed"]
    page.goto(f"/evaluation/s/{token}/")
    validate = page.get_by_role("button", name="Valider")
    validate.click()
    expect(page.locator(".state")).to_contain_text("Aucune ligne n’a bougé")
    assert site.answers(token) == 0
    validate.click()
    page.locator(".state", has_text="enregistrée").wait_for()
    assert site.answers(token) == 1


def test_not_knowing_beside_an_answer_is_asked_again(page: Page, site: Installation, faults: Faults) -> None:
    token = site.stage["answerable"]["fill_in"]["typed"]
    page.goto(f"/evaluation/s/{token}/")
    page.locator(".blank input").first.fill("mot")
    unknown = page.get_by_role("button", name="Je ne sais pas")
    unknown.click()
    expect(page.locator("#avis")).to_be_focused()
    expect(page.locator("#avis")).to_contain_text("encore une fois")
    expect(page.locator(".blank input").first).to_have_value("mot")
    judge(page)
    assert site.answers(token) == 0
    unknown.click()
    page.locator(".state", has_text="enregistrée").wait_for()
    assert site.answers(token) == 1
    faults.clear()  # the console tells of the 422


def test_not_knowing_beside_lines_that_nobody_moved_is_not_asked_again(page: Page, site: Installation) -> None:
    token = site.stage["answerable"]["order"]["long"]
    page.goto(f"/evaluation/s/{token}/")
    page.get_by_role("button", name="Valider").click()
    expect(page.locator(".state")).to_contain_text("Aucune ligne n’a bougé")
    page.get_by_role("button", name="Je ne sais pas").click()
    page.locator(".state", has_text="enregistrée").wait_for()
    assert site.answers(token) == 1


def test_an_answer_refused_before_it_is_read_stays_in_its_field(page: Page, site: Installation, faults: Faults) -> None:
    token = site.stage["answerable"]["text"]["typed"]
    page.goto(f"/evaluation/s/{token}/")
    field = page.locator("#text")
    field.evaluate("one => { one.removeAttribute('maxlength'); one.value = 'x'.repeat(70000); }")
    page.get_by_role("button", name="Valider").click()
    expect(page.locator(".state")).to_contain_text("64 Ko")
    expect(field).to_have_value("x" * 70_000)
    field.fill("prévenir")
    send(page)
    assert site.answers(token) == 1
    faults.clear()  # the console tells of the 413


def test_what_was_typed_comes_back_with_the_sentence(plain: Page, site: Installation, faults: Faults) -> None:
    token = site.stage["answerable"]["number"]["typed"]
    plain.goto(f"/evaluation/s/{token}/")
    plain.locator("[name=value]").fill("douze")
    plain.locator("[name=unit]").select_option(index=1)
    plain.get_by_role("button", name="Valider").click()
    expect(plain.locator("[name=value]")).to_have_value("douze")
    expect(plain.locator("[name=unit]")).not_to_have_value("")
    expect(plain.locator("[aria-invalid]")).to_have_count(1)
    assert site.answers(token) == 0
    faults.clear()  # the console tells of the 422


def test_in_training_the_explanation_comes_after_each(page: Page, site: Installation) -> None:
    token = begin(page, "training")
    for done in range(1, 4):
        answer(page)
        assert page.locator(".verdict h1").evaluate("one => one === document.activeElement")
        expect(page.locator(".source")).to_be_visible()
        page.get_by_role("link", name="Situation suivante").click()
        page.locator("[name=item]").wait_for(state="attached")
        assert (position(page), site.answers(token)) == (done + 1, done)
    page.get_by_role("button", name="Je ne sais pas").click()
    page.get_by_role("heading", name="Voici la réponse.").wait_for()
    page.get_by_role("link", name="Signaler une erreur").click()
    page.locator("textarea").fill("La source a changé.")
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_role("heading", name="Merci, c’est noté.").wait_for()
    page.get_by_role("link", name="Reprendre").click()
    assert position(page) == 5


def test_in_english(page: Page, site: Installation) -> None:
    page.goto("/")
    page.get_by_role("link", name="English").click()
    page.goto("/en/evaluation/citizen/")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("main .note.sun")).to_have_count(0)  # no situation is in French
    begin(page, prefix="/en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".situation").get_attribute("lang") is None
    validate = page.locator(".actions .button").inner_text()
    judge(page)
    answer(page, validate)
    assert page.locator("html").get_attribute("lang") == "en"
    finish(page, validate)
    judge(page)


def test_wishes_are_carried_through_a_sitting(plain: Page) -> None:
    begin(plain, query="?p=grand.contraste")
    finish(plain)
    assert plain.url.endswith("/profil?p=grand.contraste")
    assert plain.locator("html").get_attribute("data-p") == "grand contraste"
    plain.get_by_role("link", name="Revoir mes réponses").click()
    assert plain.url.endswith("?p=grand.contraste")
    assert plain.context.cookies() == []
