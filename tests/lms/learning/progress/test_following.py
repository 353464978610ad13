"""Following a module: steps, time, the final check, what is completed, what survives."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from kernel.events import drain
from kernel.models import OutboxEvent
from lms.accounts.api import User, erase_person, export_person
from lms.learning.models import Journey, Module, ModulePage, ModuleProgress, StepProgress
from lms.learning.progress import journey_lines, module_lines, note_check, place_of, see_step
from tests.lms.learning import samples

STEP = "/parcours/-/etape/"
MODULE = "/parcours/verifier-identite/"


@pytest.fixture
def module(bank: None) -> Module:
    return samples.make()


@pytest.fixture
def lina(db: None) -> User:
    return User.objects.create_user("lina@test.example")


@pytest.fixture
def signed_in(lina: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lina)
    return client


def events(kind: str) -> list[dict]:
    return [row.payload for row in OutboxEvent.objects.filter(kind=f"learning.{kind}").order_by("pk")]


def go_on(client: Client, step: str, prefix: str = "", **more: str) -> str:
    response = client.post(f"{prefix}{STEP}", {"module": "verifier-identite", "step": step, **more})
    assert response.status_code == 303
    return str(response["Location"])


def read_all(module: Module, owner: User, now: datetime) -> None:
    for key in module.step_keys:
        see_step(owner_id=owner.pk, module=module, step=key, now=now)


def test_going_on_is_noted_and_leads_to_what_follows(module: Module, signed_in: Client) -> None:
    page = signed_in.get(f"{MODULE}la-situation/").content.decode()
    assert f'action="{STEP}"' in page
    assert go_on(signed_in, "la-situation") == f"{MODULE}comprendre/"
    assert go_on(signed_in, "decider") == f"{MODULE}bilan/"
    assert events("ModuleStarted") == [{"module": "verifier-identite", "owner": ModuleProgress.objects.get().owner_id}]
    assert [(one["step"], one["seen"], one["steps"]) for one in events("StepSeen")] == [
        ("la-situation", 1, 4),
        ("decider", 2, 4),
    ]


def test_going_on_twice_is_noted_once(module: Module, signed_in: Client) -> None:
    for _ in range(2):
        go_on(signed_in, "la-situation")
    assert len(events("StepSeen")) == len(events("ModuleStarted")) == 1


def test_one_resumes_on_another_device(module: Module, lina: User, signed_in: Client) -> None:
    go_on(signed_in, "la-situation")
    phone = Client()
    phone.force_login(lina)
    cover = phone.get(MODULE).content.decode()
    assert "Reprendre à l’étape 2" in cover
    assert f'class="button" href="{MODULE}comprendre/"' in cover
    assert "1 étape vue sur 4" in cover


def test_english_goes_on_in_english(module: Module, signed_in: Client) -> None:
    assert go_on(signed_in, "la-situation", "/en") == f"/en{MODULE}comprendre/"


def test_whoever_is_not_signed_in_goes_on_and_leaves_nothing(module: Module, client: Client) -> None:
    assert go_on(client, "la-situation") == f"{MODULE}comprendre/"
    assert ModuleProgress.objects.count() == OutboxEvent.objects.filter(kind__startswith="learning").count() == 0


def test_another_site_cannot_go_on_for_us(module: Module, signed_in: Client) -> None:
    data = {"module": "verifier-identite", "step": "la-situation"}
    assert signed_in.post(STEP, data, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert ModuleProgress.objects.count() == 0


@pytest.mark.parametrize(("module_key", "step", "location"), [
    ("verifier-identite", "retiree", f"{MODULE}?absente=retiree"),
    ("verifier-identite", "x\x00y", f"{MODULE}?absente=xy"),
    ("nulle-part", "la-situation", "/parcours/"),
    ("", "", "/parcours/"),
])  # fmt: skip
def test_what_is_not_there_leads_somewhere(
    module: Module, signed_in: Client, module_key: str, step: str, location: str
) -> None:
    response = signed_in.post(STEP, {"module": module_key, "step": step})
    assert (response.status_code, response["Location"]) == (303, location)
    assert ModuleProgress.objects.count() == 0


def test_a_module_is_completed_by_its_steps_and_its_mark(module: Module, lina: User, now: datetime) -> None:
    read_all(module, lina, now)
    note_check(owner_id=lina.pk, module=module, points=2, top=4, finished_at=now)
    progress = ModuleProgress.objects.get()
    assert (progress.is_completed, progress.best_check) == (False, 50)
    later = now + timedelta(hours=1)
    note_check(owner_id=lina.pk, module=module, points=3, top=5, finished_at=later)
    progress.refresh_from_db()
    assert (progress.completed_at, progress.best_check) == (later, 60)
    note_check(owner_id=lina.pk, module=module, points=0, top=5, finished_at=later)
    progress.refresh_from_db()
    assert progress.best_check == 60
    assert [one["check"] for one in events("ModuleCompleted")] == [60]


def test_the_last_step_completes_when_the_check_was_first(module: Module, lina: User, now: datetime) -> None:
    note_check(owner_id=lina.pk, module=module, points=5, top=5, finished_at=now)
    for key in module.step_keys[:-1]:
        see_step(owner_id=lina.pk, module=module, step=key, now=now)
    assert not ModuleProgress.objects.get().is_completed
    see_step(owner_id=lina.pk, module=module, step=module.step_keys[-1], now=now)
    assert ModuleProgress.objects.get().is_completed


def test_just_under_the_mark_is_under(module: Module, lina: User, now: datetime) -> None:
    read_all(module, lina, now)
    assert note_check(owner_id=lina.pk, module=module, points=599, top=1000, finished_at=now) == 59
    assert not ModuleProgress.objects.get().is_completed


def test_a_removed_step_leaves_progress_and_is_not_waited_for(module: Module, lina: User, now: datetime) -> None:
    see_step(owner_id=lina.pk, module=module, step="comprendre", now=now)
    keys = samples.items()
    shorter = samples.words(keys)
    module = samples.write_module(
        key=module.key,
        shared=samples.facts(),
        words={"fr": samples.words(keys, steps=[one for one in shorter.steps if one.key != "comprendre"])},
    )
    line = module_lines(owner_id=lina.pk, language="fr")[0]
    assert (line.seen, line.total, line.removed) == (0, 3, 1)
    read_all(module, lina, now)
    note_check(owner_id=lina.pk, module=module, points=1, top=1, finished_at=now)
    assert ModuleProgress.objects.get().is_completed
    assert StepProgress.objects.filter(key="comprendre").exists()


def test_whoever_was_at_a_removed_step_takes_up_the_first_they_have_not_seen(
    module: Module, lina: User, now: datetime
) -> None:
    first, second, third, *_ = module.step_keys
    see_step(owner_id=lina.pk, module=module, step=first, now=now)  # is now at the second
    keys = samples.items()
    kept = [one for one in samples.words(keys).steps if one.key != second]
    samples.write_module(key=module.key, shared=samples.facts(), words={"fr": samples.words(keys, steps=kept)})
    place = place_of(owner_id=lina.pk, key=module.key, steps=[one.key for one in kept])
    assert (place.step, place.is_at_end) == (third, False)
    assert module_lines(owner_id=lina.pk, language="fr")[0].resume_url.endswith(f"/{third}/")


def test_a_deleted_module_leaves_progress(module: Module, lina: User, now: datetime) -> None:
    see_step(owner_id=lina.pk, module=module, step="la-situation", now=now)
    for page in ModulePage.objects.all():
        page.delete()
    line = module_lines(owner_id=lina.pk, language="fr")[0]
    assert (line.is_published, line.title, line.seen) == (False, "Vérifier une identité", 1)


def test_a_journey_is_completed_when_its_modules_are(module: Module, lina: User, now: datetime) -> None:
    other = samples.make("autre-module")
    samples.make_journey([module.key, other.key, "pas-encore-ecrit"])
    for one in (module, other):
        read_all(one, lina, now)
    note_check(owner_id=lina.pk, module=module, points=1, top=1, finished_at=now)
    lines = journey_lines(modules=module_lines(owner_id=lina.pk, language="fr"), language="fr")
    assert [(line.done, line.total, line.following, line.is_completed) for line in lines] == [
        (1, 2, "autre-module", False)
    ]
    assert events("JourneyCompleted") == []
    note_check(owner_id=lina.pk, module=other, points=1, top=1, finished_at=now)
    assert [one["journey"] for one in events("JourneyCompleted")] == [Journey.objects.get().key]
    assert journey_lines(modules=module_lines(owner_id=lina.pk, language="fr"), language="fr")[0].is_completed


def test_a_journey_is_begun_by_its_first_module_or_by_two(module: Module, lina: User, now: datetime) -> None:
    others = [samples.make(key) for key in ("autre-module", "encore-un")]
    samples.make_journey([module.key, *(one.key for one in others)])

    def seen() -> int:
        return len(journey_lines(modules=module_lines(owner_id=lina.pk, language="fr"), language="fr"))

    see_step(owner_id=lina.pk, module=others[0], step="la-situation", now=now)
    assert seen() == 0
    see_step(owner_id=lina.pk, module=others[1], step="la-situation", now=now)
    assert seen() == 1
    ModuleProgress.objects.all().delete()
    see_step(owner_id=lina.pk, module=module, step="la-situation", now=now)
    assert seen() == 1


def test_a_finished_check_is_heard(module: Module, lina: User, signed_in: Client) -> None:
    from lms.assessments.models import Attempt
    from tests.lms.assessments.reading import Reader

    opened = signed_in.post("/parcours/-/controle/", {"module": module.key})
    reader = Reader(client=signed_in, address=opened["Location"])
    while reader.look().status_code == 200:
        reader.send(reader.fields())
    drain()
    drain()  # twice: the second changes nothing
    progress = ModuleProgress.objects.get(owner=lina)
    assert progress.best_check is not None
    assert progress.checked_at == Attempt.objects.get().finished_at


def test_lines_cost_the_same_for_one_and_for_twenty(
    module: Module, lina: User, now: datetime, django_assert_num_queries: object
) -> None:
    see_step(owner_id=lina.pk, module=module, step="faire", now=now)
    for number in range(20):
        copy = Module.objects.get(pk=module.pk)
        copy.pk, copy.key, copy.uuid = None, f"m{number}", samples.Module._meta.get_field("uuid").get_default()
        copy.save(force_insert=True)
        see_step(owner_id=lina.pk, module=copy, step="faire", now=now)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(module_lines(owner_id=lina.pk, language="fr")) == 21
    with django_assert_num_queries(3):  # type: ignore[operator]
        place_of(owner_id=lina.pk, key=module.key, steps=module.step_keys)


def test_a_person_takes_their_progress_and_leaves_without(module: Module, lina: User, now: datetime) -> None:
    see_step(owner_id=lina.pk, module=module, step="faire", now=now)
    drain()
    told = export_person(user=lina)["modules"]
    assert [(one["module"], one["steps"][0]["key"]) for one in told] == [("verifier-identite", "faire")]
    erase_person(user=lina)
    assert (ModuleProgress.objects.count(), StepProgress.objects.count()) == (0, 0)
