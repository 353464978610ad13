"""Inside Django: load an installation, then put every state of its pages on stage and print where each is.

`python -m tests.e2e.staging load|stage`, with the settings and the database in the environment.
"""

import json
import sys
from typing import Any

import django

LOADERS = ("load_retention", "load_framework", "load_items", "load_assessments")
PAGES = "load_modules"  # after the home page, which is above them
UNKNOWN = {"kind": "unknown"}


def load() -> None:
    """Load what `./demo` loads."""
    from django.core.management import call_command

    from kernel import clock
    from lms.demonstration.asking import seed_asked
    from lms.demonstration.country import seed_country
    from lms.demonstration.seeding import seed
    from lms.learning.api import create_home_pages

    for name in LOADERS:
        call_command(name, stdout=sys.stderr)
    create_home_pages()
    call_command(PAGES, stdout=sys.stderr)
    seed(now=clock.now())
    seed_country(now=clock.now())
    seed_asked(now=clock.now())


def work() -> None:
    """Run the jobs that wait and tell what happened, until nothing is left to do."""
    from kernel import clock, events, jobs
    from kernel.models import Job

    for _turn in range(5):
        waiting = list(Job.objects.filter(state=Job.State.QUEUED).order_by("pk").values_list("pk", flat=True))
        done = [jobs.run(pk, now=clock.now()) for pk in waiting]
        if not (events.drain(now=clock.now()) or any(done)):
            return


def stage() -> dict[str, Any]:
    """Make every state, and return its address or its token."""
    items = _items()
    shown = {name: max(found, key=lambda item: item["weight"]) for name, found in _by_interaction(items).items()}
    return {
        "questions": {name: _showing(item["index"]) for name, item in shown.items()},
        "explanations": {name: _explained(item["index"]) for name, item in shown.items()},
        **_verdicts(shown["single_choice"]["index"]),
        "answerable": {name: _answerable(item["index"]) for name, item in shown.items()},
        "items": items,
        "walker": _showing(0),
        **_simulations(items),
        **{name: _finished().token for name in ("finished", "to_keep", "to_erase")},
        "kept": _finished_twice("lina@demo.example"),
        "learning": _learning(),
        "checked": _checked(None),
        "checked_after": _checked("lina@demo.example"),
        "stop_reminder": _stop_link("lina@demo.example"),
        "certificates": _certificates(),
        "reset": _reset_link("karim@demo.example"),
        "plain_pages": _plain_pages(),
        "university": _university(),
        "figures": _figures(),
    }


def _items() -> list[dict[str, Any]]:
    """Describe the published items; `weight` is how much there is to show."""
    from question_bank import api as bank
    from question_bank.types import OptionMask

    def described(index: int, entry: Any) -> dict[str, Any]:
        shown = bank.present(bank.item_content(entry.item_version_id), "fr", OptionMask(b"only to weigh the items"))
        told = {"index": index, "key": entry.key, "interaction": entry.interaction, "weight": len(json.dumps(shown))}
        return told | {"environment": (shown["simulation"] or {}).get("kind", "")}

    release = bank.release(bank.current_release_id())
    return [described(index, entry) for index, entry in enumerate(release.entries)]


def _by_interaction(items: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        found.setdefault(item["interaction"], []).append(item)
    return found


def _simulations(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return, for each environment, the fullest scenario: not begun, and played to the end of its solution."""
    found: dict[str, dict[str, Any]] = {}
    for item in sorted(items, key=lambda item: int(item["weight"])):
        if item["environment"]:
            found[item["environment"]] = item
    return {
        "simulations": {name: _showing(item["index"]) for name, item in found.items()},
        "played": {name: _played(item["index"]) for name, item in found.items()},
        "untouched": {name: _showing(item["index"]) for name, item in found.items()},
        "finishable": _played(found["secure_messaging"]["index"]),
    }


def _played(item: int) -> str:
    """Make the gestures of the solution, one after the other, as pages do."""
    from kernel import clock
    from lms.assessments.models import ItemAction
    from question_bank import api as bank

    attempt = _attempt("training", item)
    entry = bank.release(attempt.bank_release_id).entries[item]
    expected = bank.item_content(entry.item_version_id).expected.to_json()["value"]
    for step, action in enumerate(expected, start=1):
        ItemAction.objects.create(attempt=attempt, position=1, step=step, action=action, acted_at=clock.now())
    return str(attempt.token)


def _attempt(assessment: str, item: int | None = None) -> Any:
    """Open an anonymous attempt whose first item is the one wanted."""
    from lms.assessments.services import start_attempt

    attempt = start_attempt(assessment=assessment, locale="fr", owner_id=None).attempt
    if item is not None:
        attempt.selection_log = [item]
        attempt.save(update_fields=["selection_log"])
    return attempt


def _showing(item: int) -> str:
    return str(_attempt("placement", item).token)


def _answerable(item: int) -> dict[str, str]:
    """Return attempts that tests answer, each its own."""
    return {use: _showing(item) for use in ("keyboard", "plain", "typed", "long")}


def _answered(item: int, answer: dict[str, Any] | None = None, place: int = 0) -> Any:
    """Answer one item of a training: as given, else something of the right shape."""
    from tests.lms.assessments.taking import Taker, right_shape

    taker = Taker(token=str(_attempt("training", item).token))
    taker.body = taker.resume().json()
    shaped = right_shape(taker.item)
    if shaped["kind"] == "choice" and answer is None:
        shaped["value"] = taker.item["choices"][place]["id"]
    taker.answer({"item": taker.item["id"], "answer": answer or shaped})
    return taker


def _explained(item: int) -> str:
    return str(_answered(item).token)


def _verdicts(item: int) -> dict[str, str]:
    """Return a training whose answer was right, one where it was wrong, one where it was « je ne sais pas »."""
    found = {"unknown": _answered(item, UNKNOWN).token}
    for place in range(3):
        taker = _answered(item, place=place)
        found["right" if taker.responses[0].is_correct else "wrong"] = taker.token
    if "right" not in found:
        found["right"] = _answered(item, place=3).token
    return found


def _finished() -> Any:
    from tests.lms.assessments.taking import Taker

    return Taker().start("citizen").finish()


def _finished_twice(email: str) -> str:
    """Return the second of a person's two placements."""
    from django.test import Client

    from lms.accounts.api import User
    from tests.lms.assessments.taking import Taker

    client = Client()
    client.force_login(User.objects.get(email=email))
    Taker(client=client).start("placement").finish()
    return Taker(client=client).start("placement").finish().token


def _certificates() -> dict[str, str]:
    from certificates import api
    from certificates.codes import new_code
    from kernel import clock

    now = clock.now()
    api.define(key="socle", titles={"fr": "Socle commun", "en": "Common core"})

    def issued(ref: str) -> Any:
        given = {"achievement": "socle", "holder_name": "Léa Martin", "issuer_name": "Université de Démonstration"}
        return api.issue(**given, holder_ref=ref, issued_at=now)

    valid, revoked = issued("user:1"), issued("user:2")
    api.revoke(code=revoked.code, reason="Fraude établie", at=now)
    return {"valid": valid.code, "printed": valid.printed_code, "revoked": revoked.code, "unknown": new_code()}


def _learning() -> dict[str, Any]:
    """Return the module that has most to show, its steps, a journey if there is one, a module that is withdrawn."""
    from lms.learning.api import journeys, modules

    found = max(modules(), key=lambda module: len(module.item_keys))
    journey = journeys().first()
    return {
        "module": found.key,
        "steps": {module.key: module.step_keys for module in modules()},
        "journey": journey.key if journey else "",
        "practice": _practised_step(found),
        "gone": _withdrawn(),
    }


def _practised_step(module: Any) -> str:
    """Return the key of the first step of a module in which there is something to answer."""
    from lms.learning.raw import items_of_step
    from lms.learning.selectors import module_page

    page = module_page(module.key, "fr")
    assert page is not None
    return next(key for key in module.step_keys if items_of_step(page.steps, key))


def _checked(email: str | None) -> str:
    """Return a finished check of a module, of somebody unknown, or of somebody who was measured before."""
    from django.test import Client

    from lms.accounts.api import User
    from lms.learning import checks
    from lms.learning.api import modules
    from tests.lms.assessments.taking import Taker

    client, owner = Client(), User.objects.get(email=email) if email else None
    if owner is not None:
        client.force_login(owner)
    module = max(modules(), key=lambda one: len(one.item_keys))
    attempt = checks.begin(module=module, owner_id=owner.pk if owner else None, locale="fr")
    taker = Taker(client=client, token=attempt.token)
    taker.body = taker.resume().json()
    return taker.finish().token


def _stop_link(email: str) -> str:
    """Return the link of a letter that stops its reminders."""
    from lms.accounts.api import User
    from lms.learning.review.reminding import stop_token

    return f"/profil/revisions/arreter/{stop_token(User.objects.get(email=email).pk)}/"


def _withdrawn() -> str:
    """Write a module of one sentence, and withdraw it."""
    from lms.learning.api import write_module
    from lms.learning.models import ModulePage
    from lms.learning.types import ModuleFacts, ModuleWords

    facts = ModuleFacts(["D1.C1"], "entry", ["citizen"], 12, None)
    entry = write_module(key="retire-depuis", shared=facts, words={"fr": ModuleWords("Un module retiré", "", [], [])})
    ModulePage.objects.get(slug=entry.key).unpublish()
    return str(entry.key)


def _reset_link(email: str) -> str:
    """Return the link that a forgotten password is replaced through."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.urls import reverse

    from lms.accounts.api import User

    user = User.objects.get(email=email)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _, rest = key.partition("-")
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": rest})


def _university() -> dict[str, str]:
    """Return what a coordinator has under way: something asked, a cohort with a code, a list with a wrong line."""
    from io import BytesIO

    from kernel import clock
    from lms.accounts.api import User
    from lms.assessments.api import Assignment
    from lms.cohorts.api import Cohort, access_of
    from lms.cohorts.claiming import codes
    from lms.cohorts.rosters import services

    now = clock.now()
    claire = access_of(User.objects.get(email="claire@demo.example").pk, now)
    cohort = Cohort.objects.filter(institution__key="demonstration", academic_year="2026-2027").order_by("pk")[0]
    header = "Numéro étudiant;Nom;Prénom;Courriel"
    lines = (header, "77001;Petit;Zoé;zoe.petit@univ.example", "77002;;Noé;noe@univ.example")
    facts = {"access": claire, "cohort": cohort, "mode": "add", "now": now}
    waiting, shown = (
        services.begin(file=BytesIO("\r\n".join(lines).encode()), name=f"liste-{place}.csv", **facts)
        for place in range(2)
    )
    services.name_columns(roster=shown, mapping=shown.mapping, access=claire, now=now)
    asked = Assignment.objects.filter(institution__key="demonstration").order_by("pk").first()
    return {
        "cohort": str(cohort.uuid),
        "code": codes.renew(cohort=cohort, access=claire, now=now).code,
        "columns": str(waiting.uuid),
        "preview": str(shown.uuid),
        "assignment": str(asked.uuid) if asked else "",
        "asked": asked.written_code if asked else "",
    }


def _figures() -> dict[str, str]:
    """Return a full cohort, an empty one, three of its students, an entry of hours; publish the country's figures."""
    from datetime import timedelta

    from kernel import clock
    from lms.accounts.api import User
    from lms.cohorts.api import Cohort
    from lms.dashboards import snapshots
    from lms.dashboards.models import LearnerSummary, TaughtHours
    from lms.dashboards.taught.services import record_hours

    now = clock.now()
    snapshots.take(now=now)
    people = LearnerSummary.objects.filter(cohort__institution__key="demonstration", academic_year="2026-2027")
    measured = people.filter(score__isnull=False).order_by("pk")
    full = measured[0].cohort
    day = (now - timedelta(days=3)).date()  # another test notes some of yesterday, and takes away the first it reads
    facts = {"minutes": 90, "competencies": ["D1.C1"], "note": "Le secret médical", "now": now}
    claire = User.objects.get(email="claire@demo.example")
    record_hours(cohort=full, taught_date=day, actor_id=claire.pk, **facts)
    empty = Cohort.objects.create(
        institution=full.institution, programme=full.programme, name="Une cohorte vide", academic_year="2026-2027"
    )
    shown = {
        "sharing": measured.filter(cohort=full, is_sharing=True),
        "hidden": measured.filter(cohort=full, is_sharing=False),
        "new": people.filter(cohort=full, score=None).order_by("pk"),
    }
    entry = TaughtHours.objects.get(cohort=full, taught_date=day)
    found = {name: str(rows[0].enrolment.student.uuid) for name, rows in shown.items()}
    return found | {"full": str(full.uuid), "empty": str(empty.uuid), "hours": str(entry.uuid)}


def _plain_pages() -> dict[str, str]:
    """Return the error pages that no address of ours gives at will."""
    from django.template.loader import render_to_string

    retry = {"action": "/", "fields": [("text", "72 mg")], "is_retry": True}
    names = ("400", "403_csrf", "409", "410", "413", "422", "500", "503")
    return {name: render_to_string(f"{name}.html", {}) for name in names} | {
        "503-answer": render_to_string("503.html", retry)
    }


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "load":
        load()
    elif sys.argv[1] == "work":
        work()
    else:
        json.dump(stage(), sys.stdout)
