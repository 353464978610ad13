"""Invitations: a letter, a link that serves once, an address to prove, and no way to learn who has an account."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kernel.models import AuditEntry, Mail
from lms.accounts.api import User
from lms.cohorts.api import Role, access_of, end_role
from lms.cohorts.errors import (
    ExpiryPast,
    InvitationExpired,
    InvitationForAnother,
    InvitationUnknown,
    InvitationUsed,
    RoleHeldAlready,
    RoleNotYours,
)
from lms.cohorts.invitations.services import VALID, accept, ask_again, digest, invite, read, revoke
from lms.cohorts.models import Invitation, RoleGrant
from tests.lms.cohorts.country import Country, member

LINK = re.compile(r"/invitation/([\w-]+)/")


def sent(country: Country, email: str = "new@example.org", role: str = Role.INSTRUCTOR, **more: object) -> str:
    """Invite, and return the token that only the letter has."""
    tokens: list[str] = []

    def address(token: str) -> str:
        tokens.append(token)
        return f"https://socle.example/invitation/{token}/"

    facts = {"institution": country.houses["ambre"], "role": role, "email": email, "now": country.now, **more}
    invite(access=access_of(country.coordinator().pk, country.now), address=address, **facts)  # type: ignore[arg-type]
    return tokens[0]


def test_the_link_is_only_in_the_letter(country: Country) -> None:
    token = sent(country)
    assert len(token) >= 43  # 256 bits
    row = Invitation.objects.get()
    assert row.token_digest == digest(token) and token not in str(vars(row))
    letter = Mail.objects.get()
    assert letter.to == "new@example.org"
    for body in (letter.text, letter.html):
        assert LINK.search(body) and "Université Ambre" in body and "enseignement" in body
    assert "3 novembre 2026" in letter.text
    entry = AuditEntry.objects.get(action="invitation.invited")
    assert token not in str(entry.details) and "@" not in str(entry.details)


def test_the_letter_speaks_the_reader_s_language(country: Country) -> None:
    member("english", language="en")
    sent(country, "english@example.org")
    assert "Socle" in Mail.objects.get().text
    assert 'lang="en"' in Mail.objects.get().html


def test_what_happens_is_the_same_with_and_without_an_account(country: Country) -> None:
    member("known")
    for email in ("known@example.org", "unknown@example.org"):
        sent(country, email)
    first, second = Mail.objects.order_by("pk")
    assert LINK.sub("", first.text) == LINK.sub("", second.text)
    assert first.subject == second.subject


def test_accepting_gives_the_role_until_its_end(country: Country) -> None:
    until = country.now + timedelta(days=100)
    token = sent(country, role_expires_at=until)
    user = member("new")
    grant = accept(token=token, user=user, now=country.now)
    assert (grant.user, grant.role, grant.expires_at) == (user, Role.INSTRUCTOR, until)
    assert access_of(user.pk, country.now).may_see_names(country.houses["ambre"])
    assert not access_of(user.pk, until).is_framing


def test_it_serves_once(country: Country) -> None:
    token, user = sent(country), member("new")
    first = accept(token=token, user=user, now=country.now)
    assert accept(token=token, user=user, now=country.now) == first  # a double click
    assert RoleGrant.objects.filter(user=user).count() == 1
    with pytest.raises(InvitationUsed):
        accept(token=token, user=member("other"), now=country.now)
    end_role(grant=first, now=country.now)
    with pytest.raises(InvitationUsed):
        accept(token=token, user=user, now=country.now)


@pytest.mark.parametrize(("late", "is_valid"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
def test_it_lasts_fourteen_days(country: Country, late: timedelta, is_valid: bool) -> None:
    token, user = sent(country), member("new")
    assert timedelta(days=14) == VALID
    if is_valid:
        assert accept(token=token, user=user, now=country.now + VALID + late)
        return
    with pytest.raises(InvitationExpired):
        accept(token=token, user=user, now=country.now + VALID + late)


def test_another_s_link_is_worth_nothing(country: Country) -> None:
    token = sent(country)
    for stranger in (member("other"), member("new", is_verified=False)):
        with pytest.raises(InvitationForAnother):
            accept(token=token, user=stranger, now=country.now)
    assert not RoleGrant.objects.filter(role=Role.INSTRUCTOR).exists()


def test_taken_back_or_made_up_it_is_unknown(country: Country) -> None:
    token = sent(country)
    revoke(invitation=Invitation.objects.get(), actor_id=country.coordinator().pk, now=country.now)
    for dead in (token, "made-up"):
        with pytest.raises(InvitationUnknown):
            read(dead)
        with pytest.raises(InvitationUnknown):
            accept(token=dead, user=country.coordinator(), now=country.now)


def test_a_new_letter_replaces_the_old_one(country: Country) -> None:
    old, new = sent(country), sent(country)
    with pytest.raises(InvitationUnknown):
        read(old)
    assert read(new).email == "new@example.org"


def test_a_member_is_not_invited_twice_to_the_same_role(country: Country) -> None:
    country.person("paul", (Role.INSTRUCTOR, "ambre"))
    with pytest.raises(RoleHeldAlready):
        sent(country, "Paul@example.org")
    assert not Mail.objects.exists()
    assert sent(country, "paul@example.org", Role.COORDINATOR)


def test_a_role_that_ended_can_be_offered_again(country: Country) -> None:
    user = country.person("paul", (Role.INSTRUCTOR, "ambre"), expires_at=country.now)
    accept(token=sent(country, "paul@example.org"), user=user, now=country.now)
    assert RoleGrant.objects.get(user=user).expires_at is None


@pytest.mark.parametrize("role", [Role.PILOT, Role.AUTHOR, Role.LEARNER])
def test_some_roles_are_not_a_coordinator_s_to_give(country: Country, role: str) -> None:
    with pytest.raises(RoleNotYours):
        sent(country, role=role)


def test_nobody_invites_to_an_institution_that_is_not_theirs(country: Country) -> None:
    for house in ("brume", "institut"):
        with pytest.raises(RoleNotYours):
            sent(country, institution=country.houses[house])


def test_only_administrators_name_a_pilot(country: Country) -> None:
    access = access_of(member("admin", is_superuser=True).pk, country.now)
    facts = {"institution": None, "role": Role.PILOT, "email": "p@example.org", "now": country.now}
    assert invite(access=access, address=str, **facts).institution is None  # type: ignore[arg-type]


def test_an_end_in_the_past_is_refused(country: Country) -> None:
    with pytest.raises(ExpiryPast):
        sent(country, role_expires_at=country.now)


def test_asking_again_writes_once_to_whoever_invited(country: Country) -> None:
    token, late = sent(country), country.now + VALID
    ask_again(token=token, team_address="https://socle.example/pilotage/equipe/", now=country.now)
    assert Mail.objects.count() == 1  # still valid: nothing to ask
    for _ in range(2):
        ask_again(token=token, team_address="https://socle.example/pilotage/equipe/", now=late)
    letter = Mail.objects.get(to="coordinator-ambre@example.org")
    assert "new@example.org" in letter.text and "/pilotage/equipe/" in letter.text


# The page.


def page(client: Client, token: str, user: User | None = None, method: str = "get") -> object:
    if user is not None:
        client.force_login(user)
    return getattr(client, method)(f"/invitation/{token}/")


@pytest.fixture
def fresh(country: Country, monkeypatch: pytest.MonkeyPatch) -> Country:
    from kernel import clock

    monkeypatch.setattr(clock, "now", lambda: country.now)
    return country


def test_without_an_account_the_page_says_what_to_do(fresh: Country, client: Client) -> None:
    token = sent(fresh)
    response = page(client, token)
    text = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 200  # type: ignore[attr-defined]
    assert f"/compte/signup/?next=/invitation/{token}/" in text.replace("%2F", "/")
    assert "n•••@example.org" in text and "new@example.org" not in text
    assert response["X-Robots-Tag"] == "noindex"  # type: ignore[index]


def test_accepting_leads_to_the_cohorts(fresh: Country, client: Client) -> None:
    token = sent(fresh)
    user = member("new")
    assert "Accepter" in page(client, token, user).content.decode()  # type: ignore[attr-defined]
    response = page(client, token, user, "post")
    assert (response.status_code, response["Location"]) == (303, "/pilotage/")  # type: ignore[attr-defined, index]
    assert "Vous avez accepté" in page(client, token, user).content.decode()  # type: ignore[attr-defined]
    used = page(client, token, member("other"), "post")
    assert used.status_code == 410 and "déjà servi" in used.content.decode()  # type: ignore[attr-defined]


def test_an_invitation_whose_role_was_taken_back_says_so_and_leads_nowhere(fresh: Country, client: Client) -> None:
    token, user = sent(fresh), member("new")
    page(client, token, user, "post")
    RoleGrant.objects.filter(user=user).update(expires_at=fresh.now)
    for method in ("get", "post"):
        text = page(client, token, user, method).content.decode()  # type: ignore[attr-defined]
        assert "Son rôle a pris fin" in text and "Continuer" not in text
    RoleGrant.objects.filter(user=user).delete()
    assert "Son rôle a pris fin" in page(client, token, user).content.decode()  # type: ignore[attr-defined]


def test_another_account_is_told_plainly(fresh: Country, client: Client) -> None:
    token = sent(fresh)
    for method, status in (("get", 200), ("post", 409)):
        user = User.objects.filter(email="other@example.org").first() or member("other")
        response = page(client, token, user, method)
        assert response.status_code == status  # type: ignore[attr-defined]
        assert "Ajouter cette adresse" in response.content.decode()  # type: ignore[attr-defined]


def test_a_post_without_an_account_changes_nothing(fresh: Country, client: Client) -> None:
    token = sent(fresh)
    assert page(client, token, None, "post").status_code == 200  # type: ignore[attr-defined]
    assert Invitation.objects.get().accepted_at is None


def test_expired_it_offers_to_ask_again(country: Country, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from kernel import clock

    token = sent(country)
    monkeypatch.setattr(clock, "now", lambda: country.now + VALID)
    response = client.get(f"/invitation/{token}/")
    assert response.status_code == 410 and "Demander une nouvelle invitation" in response.content.decode()
    after = client.post(f"/invitation/{token}/redemander/", follow=True)
    assert "La demande d’une nouvelle est partie" in after.content.decode()


def test_an_unknown_link_is_a_page_that_says_so(db: None, client: Client) -> None:
    response = client.get("/invitation/made-up/")
    assert response.status_code == 404 and "n’existe pas, ou a été retirée" in response.content.decode()


def test_reading_the_page_writes_nothing(fresh: Country, client: Client) -> None:
    token = sent(fresh)
    before = Invitation.objects.values().get()
    page(client, token, member("new"))
    assert Invitation.objects.values().get() == before


def test_someone_without_an_account_signs_up_and_comes_back(fresh: Country, client: Client) -> None:
    token = sent(fresh)
    here = f"/invitation/{token}/"
    known = {"email": "new@example.org", "password1": "une phrase longue et calme 41", "next": here}
    client.post(f"/compte/signup/?next={here}", known)
    code = re.search(r"\b\d{6}\b", Mail.objects.order_by("pk").last().text)  # type: ignore[union-attr]
    assert code
    response = client.post("/compte/confirm-email/", {"code": code[0]})
    assert response["Location"] == here
    assert "Accepter" in client.get(here).content.decode()
    assert client.post(here)["Location"] == "/pilotage/"


def test_an_address_added_later_proves_too(fresh: Country, client: Client) -> None:
    """Two addresses, one person: the second, once confirmed, opens the invitation."""
    from allauth.account.models import EmailAddress

    token, user = sent(fresh), member("other")
    address = EmailAddress.objects.create(user=user, email="new@example.org", verified=False)
    with pytest.raises(InvitationForAnother):
        accept(token=token, user=user, now=fresh.now)
    address.verified = True
    address.save()
    assert accept(token=token, user=user, now=fresh.now).user == user


def test_an_invitation_is_forgotten_three_months_after_its_end(country: Country) -> None:
    from kernel import retention

    token, user = sent(country), member("new")
    accept(token=token, user=user, now=country.now)
    end = country.now + VALID + timedelta(days=90)
    assert retention.purge(now=end)["invitations"] == 0
    assert retention.purge(now=end + timedelta(seconds=1))["invitations"] == 1
    assert access_of(user.pk, country.now).is_framing
