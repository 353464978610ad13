"""Paper, a voice, a setting kept, a university's look tried: what changes how a page is read."""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Faults
from tests.e2e.installation import Installation
from tests.e2e.judging import fits, judge

ON_PAPER = ("/", "/?maison=valserine&p=sombre.contraste", "/evaluation/", "/evaluation/placement/", "/barometre/",
            "/mentions-legales/", "/vie-privee/", "/accessibilite/", "/verification/", "/certification/")  # fmt: skip
CONTROLS = """() => [...document.querySelectorAll("nav, button, select, input, .button, .skip")].filter(
  one => one.getClientRects().length).map(one => one.outerHTML.slice(0, 120))"""
# A voice that keeps what it is told to say, and ends when it is told to.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { configurable: true, value: {
  getVoices: () => [{ lang: "fr-FR", localService: LOCAL, name: "Voix" }],
  speak(one) { window.said.push(one); },
  cancel() {},
  addEventListener() {},
} });
"""
END_ONE = "said[said.length - 1].onend()"


@pytest.mark.parametrize("path", ON_PAPER)
def test_a_public_page_prints_without_what_is_for_the_screen(path: str, page: Page, site: Installation) -> None:
    page.goto(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 900})  # a sheet of A4 between its margins
    assert page.evaluate(CONTROLS) == []
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    fits(page)


def test_a_result_is_printed_on_four_pages(page: Page, site: Installation) -> None:
    page.goto(f"/evaluation/s/{site.stage['finished']}/profil")
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) <= 4


def test_a_printed_page_keeps_the_colours_of_its_house(page: Page, site: Installation) -> None:
    page.goto("/mentions-legales/?maison=cote-d-ambre&p=sombre")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')") == "#8a1f4d"
    expect(page.get_by_text("socle@cote-d-ambre.example").first).to_be_visible()


def question(page: Page, site: Installation, voice: str) -> None:
    """Open a question in a browser that has a voice of this device (`true`) or of elsewhere (`false`)."""
    page.add_init_script(VOICE.replace("LOCAL", voice))
    page.goto(f"/evaluation/s/{site.stage['questions']['single_choice']}/")


def test_a_question_is_read_aloud_stopped_and_taken_up(page: Page, site: Installation) -> None:
    question(page, site, "true")
    page.get_by_role("button", name="Écouter").click()
    title = page.locator("main h1").inner_text()
    page.wait_for_function("said.length === 1")
    for _ in range(2):
        page.evaluate(END_ONE)
    assert title in page.evaluate("said.map(one => one.text)")
    assert page.evaluate("said[0].lang") == "fr-FR"
    expect(page.locator(".heard")).to_have_count(1)
    judge(page)
    page.get_by_role("button", name="Pause").click()
    count = page.evaluate("said.length")
    page.evaluate(END_ONE)  # what was being said comes to its end: nothing follows
    assert page.evaluate("said.length") == count
    page.get_by_role("button", name="Reprendre").click()
    assert page.evaluate("said[said.length - 1].text === said[said.length - 2].text")
    page.get_by_role("button", name="Arrêter").click()
    expect(page.locator(".heard")).to_have_count(0)
    expect(page.get_by_role("button", name="Arrêter")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == "Écouter"


def test_the_choices_are_read_and_the_buttons_are_not(page: Page, site: Installation) -> None:
    question(page, site, "true")
    page.get_by_role("button", name="Écouter").click()
    for _ in range(60):
        if page.locator(".listen[data-state=idle]").count():
            break
        page.evaluate(END_ONE)
    told = page.evaluate("said.map(one => one.text)")
    choices = [choice.strip() for choice in page.locator("label.choice").all_inner_texts()]
    assert [text for text in told if text in choices] == choices
    assert not {"Valider", "Je ne sais pas", "Écouter"} & set(told)
    assert len(told) == len(set(told))


def test_the_next_question_can_be_listened_to(page: Page, site: Installation) -> None:
    page.add_init_script(VOICE.replace("LOCAL", "true"))
    page.goto("/evaluation/training/")
    page.locator("main form .button").first.click()
    page.get_by_role("button", name="Écouter").click()
    page.get_by_role("button", name="Je ne sais pas").click()
    page.get_by_role("heading", name="Voici la réponse.").wait_for()
    expect(page.get_by_role("button", name="Écouter")).to_be_visible()
    expect(page.locator(".listen")).to_have_count(1)


def test_a_voice_from_elsewhere_is_not_offered_and_the_panel_says_so(page: Page, site: Installation) -> None:
    question(page, site, "false")
    page.locator("summary", has_text="Aa").click()
    expect(page.get_by_role("button", name="Écouter")).to_have_count(0)
    expect(page.get_by_text("Lecture à voix haute")).to_be_visible()


def test_without_java_script_the_panel_says_so(plain: Page, site: Installation) -> None:
    plain.goto(f"/evaluation/s/{site.stage['questions']['single_choice']}/")
    plain.locator("summary", has_text="Aa").click()
    expect(plain.get_by_text("Lecture à voix haute")).to_be_visible()


def test_settings_are_kept_and_forgotten_without_java_script(
    open_page: Callable[..., Page], site: Installation
) -> None:
    page = open_page("student", java_script_enabled=False)
    page.goto("/mentions-legales/")
    page.locator("summary", has_text="Aa").click()
    page.get_by_label("Taille du texte").select_option("geant")
    page.get_by_label("Fond sombre").check()
    page.get_by_role("button", name="Garder ces réglages").click()
    assert page.url.endswith("/mentions-legales/")
    page.goto("/vie-privee/")
    assert page.locator("html").get_attribute("data-p") == "geant sombre"
    page.locator("summary", has_text="Aa").click()
    page.get_by_role("button", name="Oublier mes réglages").click()
    assert page.locator("html").get_attribute("data-p") is None
    assert "affichage" not in {cookie["name"] for cookie in page.context.cookies()}


def test_a_look_is_tried_as_one_types(open_page: Callable[..., Page], site: Installation, faults: Faults) -> None:
    page = open_page("coordinator")
    page.goto("/cms/apparences/valserine/")
    by_day = page.frame_locator("iframe").first
    page.get_by_label("Couleur principale").fill("#ffcc00")
    by_day.get_by_text("#856900").wait_for()
    page.get_by_role("button", name="Aperçu").click()
    page.get_by_role("button", name="Prendre #856900").click()
    expect(page.get_by_label("Couleur principale")).to_have_value("#856900")
    judge(page)
    page.goto("/mentions-legales/?maison=valserine")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')") == "#1f4b8e"
    faults[:] = [fault for fault in faults if "422" not in fault]
