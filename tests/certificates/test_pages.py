"""The verification pages, for anyone."""

import pytest

from certificates import api
from certificates.codes import new_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(now):
    api.define(key="socle", titles={"fr": "Socle commun", "en": "Common core"}, descriptions={"fr": "Cinq domaines."})
    return api.issue(
        achievement="socle",
        holder_name="Zoé <b>Ñ",
        holder_ref="user:1",
        issuer_name="Université de Test",
        issued_at=now,
    )


def test_the_form_asks_for_a_code_and_sets_no_cookie(client):
    response = client.get("/verification/")
    assert response.status_code == 200
    assert 'name="code"' in response.text
    assert not response.cookies


def test_a_typed_code_leads_to_its_page(client, certificate):
    response = client.get("/verification/", {"code": f" {certificate.printed_code.lower()} "}, follow=True)
    assert response.redirect_chain == [(f"/verification/{certificate.code}", 302)]
    assert "Ce certificat est valide." in response.text


def test_a_wrong_shape_comes_back_with_a_sentence_and_what_was_typed(client):
    response = client.get("/verification/", {"code": 'x"><b>'})
    assert response.status_code == 422
    assert "26 lettres et chiffres, comme" in response.text
    assert "x&quot;&gt;&lt;b&gt;" in response.text


@pytest.mark.parametrize("typed", ["", "a" * 500, "\0" * 26, "🙂"])
def test_any_text_gets_an_answer(client, typed):
    assert client.get("/verification/", {"code": typed}).status_code == 422


def test_a_valid_certificate(client, certificate, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(f"/verification/{certificate.code}")
    assert response.status_code == 200
    for text in (
        "Ce certificat est valide.",
        "Zoé &lt;b&gt;Ñ",
        "Socle commun",
        "Université de Test",
        "20 octobre 2026",
    ):
        assert text in response.text
    assert certificate.printed_code in response.text
    assert response["X-Robots-Tag"] == "noindex, noarchive"
    assert not response.cookies


def test_a_revoked_certificate_says_why(client, certificate, now):
    api.revoke(code=certificate.code, reason="Fraude établie", at=now)
    response = client.get(f"/verification/{certificate.code}")
    assert response.status_code == 200
    assert "Ce certificat a été révoqué." in response.text
    assert "Fraude établie" in response.text
    assert "valide." not in response.text


def test_an_unknown_code_is_a_plain_404(client):
    response = client.get(f"/verification/{new_code()}")
    assert response.status_code == 404
    assert "Aucun certificat ni aucune attestation ne porte ce code." in response.text
    assert client.get("/verification/n-importe-quoi").status_code == 404


def test_a_code_has_one_address(client, certificate):
    response = client.get(f"/verification/{certificate.printed_code}?p=grand")
    assert (response.status_code, response["Location"]) == (302, f"/verification/{certificate.code}?p=grand")


def test_nothing_is_written_there(client, certificate):
    assert client.post("/verification/", {"code": certificate.code}).status_code == 405
    assert client.post(f"/verification/{certificate.code}").status_code == 405


def test_what_is_only_written_in_french_says_so_on_an_english_page(client, certificate):
    certificate.titles = {"fr": "Vérifier une identité"}
    certificate.details = {
        "facts": [
            {"label": {"fr": "Objectifs", "en": "Objectives"}, "items": {"fr": ["Nommer les traits"]}},
            {"label": {"fr": "Modules"}, "items": {"fr": ["Un", "Deux"], "en": ["One", "Deux"]}},
        ]
    }
    certificate.save()
    english = client.get(f"/en/verification/{certificate.code}").text
    assert '<span lang="fr">Vérifier une identité</span>' in english
    for item in ('<li lang="fr">Nommer les traits</li>', "<li>One</li>", '<li lang="fr">Deux</li>'):
        assert item in english
    assert (
        ' lang="'
        not in client.get(f"/verification/{certificate.code}").text.partition("<main")[2].partition("</main")[0]
    )


def test_an_attestation_is_called_so_throughout(client, certificate, now):
    certificate.details = {"document": "attestation"}
    certificate.save()
    address = f"/verification/{certificate.code}"
    valid = client.get(address).text
    api.revoke(code=certificate.code, reason="Fraude établie", at=now)
    revoked = client.get(address).text
    assert "Cette attestation est valide." in valid and "l’a bien délivrée" in valid
    assert "Cette attestation a été révoquée." in revoked and "elle ne prouve plus rien" in revoked
    for text in (valid, revoked):
        assert "Délivrée à" in text and "ertificat" not in text.partition("<main")[2]
