"""A look is tried and kept in /cms/: by whom, what is refused and what is offered instead, what is noted."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kernel.models import AuditEntry
from lms.accounts.api import User
from lms.cohorts.api import Institution, Role, grant_role
from lms.learning.api import create_home_pages
from lms.learning.models import CataloguePage
from tests.themes.looks.wearing import HOST, logo_file
from themes.api import Look, Wishes, save_look
from themes.looks.checking import Refused, checked_brand, checked_home, checked_hosts, checked_wash
from themes.looks.logos import LARGEST, LogoRefused, drawn_again

EDIT = "/cms/apparences/valserine/"
EMPTY = dict.fromkeys(("wash", "contact", "website", "home_path", "welcome", "welcome_en"), "")
TYPED = {"name": "Université de Valserine", "brand": "#1f4b8e", **EMPTY}


@pytest.fixture
def coordinator(look: Look, now: datetime) -> User:
    institution = Institution.objects.create(key="v", kind="university", name="V", look=look)
    user = User.objects.create_user("claire@example.org")
    grant_role(user=user, role=Role.COORDINATOR, institution=institution, now=now)
    return user


@pytest.fixture
def editor(coordinator: User, client: Client) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def administrator(look: Look, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root@example.org", "x"))
    return client


def send(client: Client, path: str = EDIT, **typed: Any) -> tuple[int, str]:
    response = client.post(path, {**TYPED, **typed})
    return response.status_code, response.content.decode()


def test_a_coordinator_changes_the_look_of_their_own_institution_only(editor: Client, now: datetime) -> None:
    save_look(key="autre", wishes=Wishes(name="Autre", brand="#8a1f4d"), actor_id=None, now=now)
    listed = editor.get("/cms/apparences/").content.decode()
    assert "Université de Valserine" in listed
    assert "Autre" not in listed
    assert editor.get("/cms/apparences/autre/").status_code == 404
    assert send(editor, "/cms/apparences/autre/")[0] == 404
    assert send(editor, brand="#8a1f4d")[0] == 303
    assert Look.objects.get(key="valserine").brand == "#8a1f4d"


def test_a_coordinator_neither_makes_a_look_nor_takes_a_host(editor: Client) -> None:
    assert editor.get("/cms/apparences/nouvelle/").status_code != 200
    send(editor, hosts="pris.example")
    assert Look.objects.get(key="valserine").hosts == [HOST]


def test_others_see_none(look: Look, now: datetime, client: Client) -> None:
    user = User.objects.create_user("ines@example.org", is_staff=True)
    grant_role(user=user, role=Role.COORDINATOR, institution=None, now=now)
    client.force_login(user)
    assert client.get("/cms/apparences/").status_code != 200
    assert client.get(EDIT).status_code == 404


def test_what_is_kept_is_noted(editor: Client, coordinator: User) -> None:
    send(editor, name="Université de la Valserine")
    entry = AuditEntry.objects.filter(action="look_saved").latest("pk")
    assert entry.actor_id == coordinator.pk
    assert entry.details == {
        "key": "valserine", "name": "Université de la Valserine", "contact": "", "website": "", "home_path": "",
    }  # fmt: skip
    count = AuditEntry.objects.count()
    send(editor, name="Université de la Valserine")
    assert AuditEntry.objects.count() == count


def test_a_pale_colour_is_refused_with_the_nearest_in_one_click(editor: Client) -> None:
    status, told = send(editor, brand="#ffcc00")
    assert status == 422
    assert "contraste de 1,3, il en faut 4,5" in told
    assert 'name="prendre" value="brand #856900"' in told
    assert Look.objects.get().brand == "#1f4b8e"
    status, told = send(editor, brand="#ffcc00", prendre="brand #856900")
    assert (status, 'value="#856900"' in told) == (200, True)
    assert Look.objects.get().brand == "#1f4b8e"
    assert send(editor, brand="#856900")[0] == 303


def test_a_preview_saves_nothing_and_needs_no_java_script(editor: Client) -> None:
    status, told = send(editor, brand="#8a1f4d", essai="1")
    assert status == 200
    assert "brand=%238a1f4d" in told
    assert Look.objects.get().brand == "#1f4b8e"


@pytest.mark.parametrize(("mode", "scheme"), [("jour", "light"), ("nuit", "dark"), ("autre", "light")])
def test_the_preview_is_a_fragment_of_a_page_in_those_colours(editor: Client, mode: str, scheme: str) -> None:
    query = {"mode": mode, "cle": "valserine", "nom": "Valserine", "brand": "#8a1f4d", "wash": ""}
    page = editor.get("/cms/apparences/apercu/", query)
    for part in ('class="button"', 'class="note brand"', 'class="nav"', 'class="pill"', 'class="choice"'):
        assert part in page.content.decode()
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    sheet = editor.get("/cms/apparences/apercu.css", query).content.decode()
    assert f"color-scheme:{scheme}" in sheet
    assert "aspect-ratio:300/100" in sheet
    assert ("--brand:#8a1f4d" in sheet) == (scheme == "light")


def test_the_preview_of_a_bad_colour_says_so_and_shows_the_nearest(editor: Client) -> None:
    query = {"brand": "#ffcc00", "wash": "tilleul"}
    told = editor.get("/cms/apparences/apercu/", query).content.decode()
    assert told.count('class="note alarm"') == 2
    assert "--brand:#856900" in editor.get("/cms/apparences/apercu.css", query).content.decode()


def test_an_administrator_makes_a_look(administrator: Client) -> None:
    path = "/cms/apparences/nouvelle/"
    assert send(administrator, path, key="valserine")[0] == 422
    assert send(administrator, path, key="apercu")[0] == 422
    logo = SimpleUploadedFile("logo.png", logo_file().getvalue(), "image/png")
    status, _ = send(administrator, path, key="ponant", name="Ponant", hosts="a.example\n B.example", logo=logo)
    made = Look.objects.get(key="ponant")
    assert (status, made.hosts, made.logo_width) == (303, ["a.example", "b.example"], 300)
    send(administrator, "/cms/apparences/ponant/", is_logo_removed="on")
    assert not Look.objects.get(key="ponant").logo


@pytest.mark.parametrize(
    ("typed", "words", "nearest"),
    [
        ("bleu", "Ce n’est pas une couleur", ""),
        ("#12345", "Ce n’est pas une couleur", ""),
        ("", "Ce n’est pas une couleur", ""),
        ("#05a", "six chiffres ou lettres", "#0055aa"),
        ("navy", "six chiffres ou lettres", "#000080"),
        ("red", "six chiffres ou lettres", "#db0000"),
        ("rgb(0, 90, 87)", "six chiffres ou lettres", "#005a57"),
        ("x" * 5000, "Ce n’est pas une couleur", ""),
    ],
)
def test_what_is_not_a_colour_is_told(typed: str, words: str, nearest: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        checked_brand(typed)
    assert (refused.value.nearest, refused.value.field) == (nearest, "brand")


def test_a_colour_may_be_typed_without_its_sign_in_capitals() -> None:
    assert checked_brand(" 0A5A57 ") == "#0a5a57"
    assert checked_wash("", "#0a5a57") == ""


def test_a_dark_tint_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="Sur cette teinte") as refused:
        checked_wash("#0a5a57", "#0a5a57")
    assert checked_wash(refused.value.nearest, "#0a5a57") == refused.value.nearest


@pytest.mark.parametrize(
    "path", ["parcours/", "//ailleurs.example", "https://x.example", "/a b", "/a?b", "/\\x.example"]
)
def test_a_home_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(Refused):
        checked_home(path)


def test_hosts_are_names_and_belong_to_one_house(look: Look) -> None:
    for host in ("https://x.example", "a b.example"[2:] + "/", "-x.example", "x..example"):
        with pytest.raises(Refused, match="pas un nom d’hôte"):
            checked_hosts((host,), "valserine")
    with pytest.raises(Refused, match="déjà celui de"):
        checked_hosts((HOST,), "autre")
    assert checked_hosts((HOST, " X.Example "), "valserine") == [HOST, "x.example"]


def test_a_logo_is_drawn_again_small() -> None:
    made = drawn_again(logo_file((2400, 600), "JPEG"), 5000)
    assert (made.width, made.height) == (480, 120)
    assert Image.open(BytesIO(made.png)).format == "PNG"
    assert len(made.png) <= LARGEST


@pytest.mark.parametrize(
    ("content", "size", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", 50, "SVG"),
        (b"<?xml version='1.0'?><svg/>", 30, "SVG"),
        (b"GIF89a not really", 30, "image lisible"),
        (b"%PDF-1.7", 30, "image lisible"),
        (b"", 0, "image lisible"),
        (logo_file().getvalue(), 3_000_000, "2 Mo"),
        (logo_file((6001, 10)).getvalue(), 300, "6 000 pixels"),
    ],
)
def test_what_cannot_be_a_logo_is_told(content: bytes, size: int, words: str) -> None:
    with pytest.raises(LogoRefused) as refused:
        drawn_again(BytesIO(content), size)
    assert words in refused.value.sentence.replace("\u00a0", " ")


def test_a_photograph_loses_colours_then_pixels() -> None:
    noise = BytesIO()
    Image.merge("RGB", [Image.effect_noise((480, 144), 250) for _ in range(3)]).save(noise, "PNG")
    noise.seek(0)
    made = drawn_again(noise, 1000)
    assert len(made.png) <= LARGEST
    assert made.width < 480


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("/parcours/", True), ("/en/parcours/", True), ("/", True), ("/evaluation/", True),
        ("/en/accessibilite/", True), ("/parcours/glossaire/", True), ("/profil/", True), ("/nulle-part/", False),
        ("/en/nulle-part/", False), ("/parcours/nulle-part/", False), ("/parcours/glossaire/nulle-part/", False),
        ("/evaluation", False),
    ],
)  # fmt: skip
def test_a_home_page_is_a_page_there_is(editor: Client, path: str, is_there: bool) -> None:
    create_home_pages()
    status, told = send(editor, home_path=path)
    assert status == (303 if is_there else 422)
    assert ("Aucune page de ce site" in told) != is_there
    assert (Look.objects.get().home_path == path) == is_there


def test_a_page_not_published_yet_is_no_home(editor: Client) -> None:
    create_home_pages()
    CataloguePage.objects.get(locale__language_code="fr").unpublish()
    assert send(editor, home_path="/parcours/")[0] == 422
    assert send(editor, home_path="/en/parcours/")[0] == 303
