"""A list with a wrong line, something asked, a place taken by code, a step, an agreement given then withdrawn."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import SCREENSHOTS
from tests.e2e.installation import Installation
from tests.e2e.judging import judge

ROSTERS = "/pilotage/inscriptions/"
NAME = "Maïeutique, 2e année"
LIST = """N° étudiant;Nom de naissance;Prénom;Mél
0077 001;Benali;Karim;karim.benali@univ.example
77002;;Noé;noe@univ.example
77003;D’Été-Lefèvre;Zoé;zoe@univ.example
"""


def look(page: Page, name: str) -> None:
    """Keep a picture, and judge the page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"universite-{name}.png", full_page=True)
    judge(page)


def send_list(page: Page, folder: Path) -> None:
    """Send the list for a new cohort, name its columns when they are asked for, and read what it changes."""
    file = folder / "maieutique.csv"
    file.write_text(LIST, encoding="utf-8")
    page.goto(ROSTERS)
    page.get_by_label("Fichier de la liste").set_input_files(file)
    page.get_by_text("Pour une nouvelle cohorte").click()
    page.get_by_label("Nom de la nouvelle cohorte").fill(NAME)
    page.get_by_label("Établissement").select_option(label="Université de Démonstration")
    page.get_by_label("Filière").select_option(index=1)
    page.get_by_role("button", name="Lire la liste").click()
    page.get_by_role("heading", name="Quelle colonne est quoi").wait_for()
    page.get_by_role("button", name="Voir ce que la liste change").click()
    page.get_by_role("heading", name="Ce que 3 lignes changent").wait_for()


def apply_list(page: Page, site: Installation) -> None:
    """Apply it: the page waits for the worker, then goes on by itself, and tells the wrong line again."""
    expect(page.get_by_text("Il manque le nom.")).to_be_visible()
    look(page, "apercu")
    page.get_by_role("button", name="Appliquer la liste").click()
    page.locator("progress").wait_for()
    site.work()
    page.get_by_role("heading", name="La liste est appliquée").wait_for()
    expect(page.get_by_text("Il manque le nom.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Toutes les lignes laissées de côté, en CSV").click()
    assert "3;Nom de naissance;Noé;77002" in taken.value.path().read_text(encoding="utf-8-sig")
    look(page, "appliquee")


def make_code(page: Page) -> str:
    """Make a code for the lecture hall, and return it."""
    page.get_by_role("link", name="Inviter chacun à prendre sa place").click()
    page.get_by_role("button", name="Créer un code").click()
    look(page, "places")
    return page.locator(".code-said").inner_text()


def prescribe(page: Page) -> str:
    """Ask the cohort what suits most, from its own page; return the address of what is asked."""
    page.get_by_role("link", name="Prescrire à cette cohorte").click()
    expect(page.get_by_role("checkbox", name=NAME)).to_be_checked()
    look(page, "prescrire")
    page.get_by_label("Une évaluation").select_option("")
    page.get_by_role("button", name="Demander").click()
    page.get_by_role("heading", name="Les personnes").wait_for()
    look(page, "demande")
    return page.url.split("?")[0]


def claim(plain: Page, code: str) -> None:
    """Take one's place with the code said aloud, and a number without the zeros and spaces of the list."""
    plain.goto("/demande/")  # the wrong door leads to the right one
    plain.get_by_label("Code").fill(code.lower())
    plain.get_by_role("button", name="Voir la demande").click()
    plain.get_by_label("Votre numéro étudiant").fill("77001")
    plain.get_by_role("button", name="Prendre ma place").click()
    expect(plain.get_by_text("Votre place est prise.")).to_be_visible()
    plain.goto("/profil/")


def answer(plain: Page) -> None:
    """Open what is asked from one's page, agree to share, and take a step."""
    plain.locator("main a[href*='/demande/']").first.click()
    plain.get_by_label("Montrer aussi mon détail par compétence").check()
    plain.locator("main form button").first.click()
    plain.wait_for_url("**/parcours/**")
    if not plain.locator(".onward .button").count():
        plain.locator(".path a").first.click()
    plain.locator(".onward .button").click()
    plain.wait_for_load_state()


def test_from_the_list_to_an_agreement_withdrawn(
    open_page: Callable[..., Page], site: Installation, tmp_path: Path
) -> None:
    page, plain = open_page("coordinator"), open_page("professional", java_script_enabled=False)
    send_list(page, tmp_path)
    apply_list(page, site)
    code = make_code(page)
    asked = prescribe(page)
    claim(plain, code)
    answer(plain)
    site.work()
    page.goto(f"{asked}?etat=begun")
    expect(page.locator("tbody tr", has_text="Karim Benali").get_by_text("partage", exact=True)).to_be_visible()
    look(page, "commence")
    page.goto(f"{asked}?q=LEFEVRE")
    expect(page.locator("table.lines tbody th")).to_have_text(["Zoé D’Été-Lefèvre 77003"])
    plain.goto("/profil/partage/")
    plain.get_by_role("button", name="Ne plus montrer mon détail").click()
    page.goto(f"{asked}?etat=begun")
    expect(page.locator("tbody tr", has_text="Karim Benali").get_by_text("ne partage pas")).to_be_visible()
