"""The team's page: who may open it, what it does, and never the last coordinator."""

from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock
from kernel.models import AuditEntry, Mail
from lms.accounts.api import User
from lms.cohorts.api import Role, access_of, grant_role
from lms.cohorts.errors import ExpiryPast, LastCoordinator
from lms.cohorts.models import Invitation, RoleGrant
from lms.cohorts.team.services import remove, set_expiry
from tests.lms.cohorts.country import Country, member

TEAM = "/pilotage/equipe/"


@pytest.fixture(autouse=True)
def today(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: country.now)


@pytest.fixture
def claire(country: Country, client: Client) -> User:
    user = country.coordinator()
    client.force_login(user)
    return user


def test_a_coordinator_sees_their_own_team_alone(country: Country, claire: User, client: Client) -> None:
    country.person("paul", (Role.INSTRUCTOR, "ambre"))
    country.person("zoe", (Role.INSTRUCTOR, "brume"))
    country.person("ifsi", (Role.INSTRUCTOR, "institut"))
    text = client.get(TEAM).content.decode()
    assert "paul@example.org" in text and claire.email in text
    assert "zoe@example.org" not in text and "ifsi@example.org" not in text
    assert "Brume" not in text
    for key in ("brume", "institut", "nowhere"):
        assert client.get(f"{TEAM}?etablissement={key}").status_code == 404


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.LEARNER, Role.PILOT])
def test_it_does_not_exist_for_others(country: Country, client: Client, role: str) -> None:
    client.force_login(country.person("x", (role, None if role == Role.PILOT else "ambre")))
    assert client.get(TEAM).status_code == 404
    assert client.post(TEAM, {"email": "y@example.org", "role": "instructor"}).status_code == 404
    assert not Invitation.objects.exists()


def test_inviting_from_the_page(country: Country, claire: User, client: Client) -> None:
    said = {"email": "New@Example.org", "role": "instructor", "cohort": "", "until": "2026-12-31"}
    response = client.post(TEAM, said, follow=True)
    assert "L’invitation est partie" in response.content.decode()
    row = Invitation.objects.get()
    assert (row.email, row.role, row.institution) == ("new@example.org", "instructor", country.houses["ambre"])
    assert row.role_expires_at is not None and row.role_expires_at.isoformat() == "2026-12-31T23:00:00+00:00"
    assert "http://testserver/invitation/" in Mail.objects.get().text
    after = client.post(f"{TEAM}invitations/{row.uuid}/retirer/", follow=True)
    assert "retirée" in after.content.decode()
    assert not Invitation.objects.pending().exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"email": "nobody"}, "id_email_error"),
        ({"role": "pilot"}, "id_role_error"),
        ({"until": "31 décembre"}, "Écrivez une date"),
        ({"until": "2026-10-01"}, "doit être à venir"),
        ({"cohort": "brume"}, "Choisissez dans la liste"),
        ({"cohort": "ambre", "role": "coordinator"}, "se limite à une cohorte"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_sent(
    country: Country, claire: User, client: Client, said: dict[str, str], words: str
) -> None:
    if "cohort" in said:
        said = {**said, "cohort": str(country.cohorts[said["cohort"]].pk)}
    response = client.post(TEAM, {"email": "new@example.org", "role": "instructor", **said})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Mail.objects.exists()


def test_an_instructor_of_one_cohort(country: Country, claire: User, client: Client) -> None:
    cohort = country.cohorts["ambre"]
    client.post(TEAM, {"email": "new@example.org", "role": "instructor", "cohort": cohort.pk})
    assert Invitation.objects.get().cohort == cohort


def test_setting_an_end_and_removing_are_kept_in_the_journal(country: Country, claire: User, client: Client) -> None:
    paul = country.person("paul", (Role.INSTRUCTOR, "ambre"))
    grant = RoleGrant.objects.get(user=paul)
    client.post(f"{TEAM}{grant.pk}/", {"until": "2027-06-30"})
    grant.refresh_from_db()
    assert grant.expires_at is not None and grant.expires_at.isoformat() == "2027-06-30T22:00:00+00:00"
    assert "30 juin 2027" in client.get(TEAM).content.decode()
    client.post(f"{TEAM}{grant.pk}/", {"retirer": "1"})
    assert not RoleGrant.objects.filter(user=paul).exists()
    actions = [(entry.action, entry.actor_id) for entry in AuditEntry.objects.order_by("pk")]
    assert actions == [("role.expiry_set", claire.pk), ("role.ended", claire.pk)]


def test_another_institution_s_role_does_not_exist(country: Country, claire: User, client: Client) -> None:
    zoe = country.person("zoe", (Role.INSTRUCTOR, "brume"))
    grant = RoleGrant.objects.get(user=zoe)
    for response in (client.get(f"{TEAM}{grant.pk}/"), client.post(f"{TEAM}{grant.pk}/", {"retirer": "1"})):
        assert response.status_code == 404
    assert RoleGrant.objects.filter(user=zoe).exists()


def test_the_last_coordinator_stays(country: Country, claire: User, client: Client) -> None:
    grant = RoleGrant.objects.get(user=claire)
    for said in ({"retirer": "1"}, {"until": "2027-06-30"}):
        response = client.post(f"{TEAM}{grant.pk}/", said)
        assert response.status_code == 409
        assert "dernière personne qui coordonne" in response.content.decode()
    grant.refresh_from_db()
    assert grant.expires_at is None
    country.person("second", (Role.COORDINATOR, "ambre"))
    assert client.post(f"{TEAM}{grant.pk}/", {"retirer": "1"}).status_code == 303


def test_another_whose_role_ends_first_does_not_count(country: Country, claire: User) -> None:
    soon = country.now + timedelta(days=10)
    country.person("second", (Role.COORDINATOR, "ambre"), expires_at=soon)
    access, grant = access_of(claire.pk, country.now), RoleGrant.objects.get(user=claire)
    with pytest.raises(LastCoordinator):
        set_expiry(access=access, grant=grant, expires_at=soon + timedelta(days=1), now=country.now)
    with pytest.raises(ExpiryPast):
        set_expiry(access=access, grant=grant, expires_at=country.now, now=country.now)
    set_expiry(access=access, grant=grant, expires_at=soon - timedelta(days=1), now=country.now)


def test_administrators_may_remove_the_last_one(country: Country, claire: User) -> None:
    access = access_of(member("admin", is_superuser=True).pk, country.now)
    remove(access=access, grant=RoleGrant.objects.get(user=claire), now=country.now)
    assert not access_of(claire.pk, country.now).is_framing


def test_a_coordinator_removed_while_looking_is_refused_at_the_next_click(
    country: Country, claire: User, client: Client
) -> None:
    assert client.get(TEAM).status_code == 200
    RoleGrant.objects.filter(user=claire).delete()
    for response in (client.get(TEAM), client.post(TEAM, {"email": "x@example.org", "role": "instructor"})):
        assert response.status_code == 404
        assert "plus — accessible avec vos rôles" in response.content.decode()
        assert "no-store" in response["Cache-Control"]


def test_whoever_coordinates_nothing_any_more_leaves_the_editing_pages(country: Country, claire: User) -> None:
    assert claire.groups.exists()
    country.person("second", (Role.COORDINATOR, "ambre"))
    grant = RoleGrant.objects.get(user=claire)
    remove(access=access_of(claire.pk, country.now), grant=grant, now=country.now)
    assert not claire.groups.exists()


def test_administrators_name_pilots(country: Country, client: Client) -> None:
    client.force_login(member("admin", is_superuser=True))
    assert "Toute la plateforme" in client.get(TEAM).content.decode()
    client.post(TEAM, {"email": "pilot@example.org", "role": "pilot"})
    row = Invitation.objects.get()
    assert (row.institution, row.role) == (None, "pilot")
    assert client.get(f"{TEAM}?etablissement=brume").status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_the_same_for_one_and_for_twenty(
    country: Country, claire: User, client: Client, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        user = User.objects.create_user(f"i{number}@example.org")
        house = country.houses["ambre"]
        grant_role(user=user, role=Role.INSTRUCTOR, institution=house, cohort=country.cohorts["ambre"], now=country.now)
        Invitation.objects.create(
            token_digest=str(number),
            role=Role.INSTRUCTOR,
            institution=house,
            email=f"j{number}@example.org",
            created_at=country.now,
            expires_at=country.now,
        )
    client.get(TEAM)
    with django_assert_num_queries(9):  # type: ignore[operator]
        client.get(TEAM)


@pytest.mark.parametrize(("day", "said"), [("9999-12-31", "trop lointaine"), ("0001-01-01", "trop ancienne")])
def test_a_last_day_too_far_off_is_refused_with_a_sentence(
    country: Country, claire: User, client: Client, day: str, said: str
) -> None:
    answer = client.post(TEAM, {"email": "new@example.org", "role": "instructor", "cohort": "", "until": day})
    assert answer.status_code == 422 and said in answer.content.decode()
    row = RoleGrant.objects.get(user=country.person("paul", (Role.INSTRUCTOR, "ambre")))
    answer = client.post(f"{TEAM}{row.pk}/", {"until": day})
    assert answer.status_code == 422 and said in answer.content.decode()
    row.refresh_from_db()
    assert row.expires_at is None and not Invitation.objects.exists()
