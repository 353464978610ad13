"""Reading preferences: in the address for all, in one cookie for who asks for it, and nowhere else."""

import re

import pytest
from django.test import Client, RequestFactory

from lms.accounts.api import User
from themes.preferences import COOKIE, SIZES, WORDS, Preferences, carry, of, parse

PAGE = "/mentions-legales/"
KEEP, FORGET = "/affichage/garder?ici=/vie-privee/", "/affichage/oublier?ici=/vie-privee/"


@pytest.fixture
def reader(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_user("lina@example.org"))
    return client


def asked(path: str, cookie: str | None = None) -> Preferences:
    request = RequestFactory().get(path)
    if cookie is not None:
        request.COOKIES[COOKIE] = cookie
    return of(request)


def test_there_are_three_sizes_and_one_at_a_time() -> None:
    assert len(SIZES) == 3
    assert parse(["grand.geant"]).words == ("geant",)
    assert [on for _, _, on in parse(["grand"]).sizes] == [False, True, False]
    assert [on for _, _, on in parse([]).sizes] == [True, False, False]


@pytest.mark.parametrize(
    ("path", "cookie", "words", "query"),
    [
        ("/", None, (), ""),
        ("/?p=grand.sombre", None, ("grand", "sombre"), "?p=grand.sombre"),
        ("/?p=&p=sombre", None, ("sombre",), "?p=sombre"),
        ("/?p=", None, (), ""),
        ("/", "grand.sombre", ("grand", "sombre"), ""),
        ("/?p=", "grand", (), "?p="),  # the address takes away what the cookie says, and goes on doing so
        ("/?p=sombre", "grand", ("sombre",), "?p=sombre"),
        ("/?p=grand", "grand", ("grand",), ""),
        ("/", "", (), ""),
        ("/", "<script>", (), ""),
    ],
)
def test_the_address_speaks_first(path: str, cookie: str | None, words: tuple[str, ...], query: str) -> None:
    found = asked(path, cookie)
    assert (found.words, found.query) == (words, query)


def test_redirects_carry_what_the_cookie_does_not_say() -> None:
    request = RequestFactory().get("/?p=grand")
    assert carry(request, "/a?b=c") == "/a?b=c&p=grand"
    request.COOKIES[COOKIE] = "grand"
    assert carry(request, "/a") == "/a"


def test_a_gesture_keeps_them_in_one_named_cookie(reader: Client) -> None:
    response = reader.post(KEEP, {"p": ["geant", "sombre", "inconnu"]})
    assert (response.status_code, response["Location"]) == (303, "/vie-privee/")
    cookie = response.cookies[COOKIE]
    assert list(response.cookies) == [COOKIE] == ["affichage"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"], cookie["path"]) == ("geant.sombre", "Lax", True, "/")
    assert 'data-p="geant sombre"' in reader.get(PAGE).content.decode()


def test_there_is_nothing_to_keep_when_nothing_is_asked(reader: Client) -> None:
    reader.post(KEEP, {"p": ["sombre"]})
    assert reader.post(KEEP, {"p": [""]}).cookies[COOKIE]["max-age"] == 0


def test_another_gesture_forgets_them(reader: Client) -> None:
    reader.post(KEEP, {"p": ["sombre"]})
    assert "Oublier mes réglages" in reader.get(PAGE).content.decode()
    reader.post(FORGET)
    page = reader.get(PAGE).content.decode()
    assert "data-p=" not in page
    assert "Oublier mes réglages" not in page


def test_only_who_is_signed_in_is_offered_to_keep_them(reader: Client) -> None:
    assert "Garder ces réglages" in reader.get(PAGE).content.decode()
    for page in (PAGE, "/evaluation/"):
        assert "Garder ces réglages" not in Client().get(page).content.decode()


def test_no_reading_sets_the_cookie(reader: Client) -> None:
    for path in (PAGE, f"{PAGE}?p=grand", KEEP, FORGET):
        assert COOKIE not in reader.get(path).cookies
    assert reader.get(KEEP).status_code == 405


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "", "x"])
def test_one_comes_back_to_our_pages_only(db: None, client: Client, back: str) -> None:
    assert client.post("/affichage/garder", {}, query_params={"ici": back})["Location"] == "/"


def test_one_comes_back_where_one_was_without_the_wishes_in_the_address(db: None, client: Client) -> None:
    response = client.post("/affichage/garder", {"p": "grand"}, query_params={"ici": "/verification/?code=a&p=sombre"})
    assert response["Location"] == "/verification/?code=a"


def test_another_site_cannot_change_them(db: None, client: Client) -> None:
    response = client.post(KEEP, {"p": "grand"}, headers={"origin": "https://elsewhere.example"})
    assert (response.status_code, COOKIE in response.cookies) == (403, False)


def test_the_privacy_page_names_the_cookie(db: None, client: Client) -> None:
    assert "affichage" in client.get("/vie-privee/").content.decode()


def test_the_panel_can_take_everything_away(reader: Client) -> None:
    reader.post(KEEP, {"p": ["grand"]})
    page = reader.get(f"{PAGE}?p=").content.decode()
    assert "data-p=" not in page
    assert f'href="{PAGE}?p="' in page


def test_every_word_is_in_the_panel(db: None, client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert all(re.search(rf'value="?{word}\b', page) for word in WORDS)
