"""What a roster changes: as shown, whole or not at all, the same twice is nothing, and nobody is merged unseen."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kernel import retention
from kernel.models import AuditEntry, Job, OutboxEvent
from lms.cohorts.api import Enrolment, Student, place
from lms.cohorts.rosters import applying, files, services, telling
from lms.cohorts.rosters.models import RosterImport, RosterPiece
from lms.cohorts.rosters.notes import FileRefused
from tests.lms.cohorts.country import member
from tests.lms.cohorts.rosters.making import as_csv, as_ods, as_xlsx, student

FIELDS = ("student_number", "first_name", "other_names", "last_name", "usage_name", "email", "birth_date")


def standing(country):
    rows = Enrolment.objects.filter(cohort=country.cohorts["ambre"], end_date=None).order_by("pk")
    return [row.student_number for row in rows]


def kinds(roster):
    return {kind: roster.counts[kind] for kind in ("new", "placed", "changed", "same", "doubts", "leaving", "wrong")}


@pytest.mark.parametrize("make", [as_csv, as_xlsx, as_ods])
def test_the_people_of_a_file_are_enrolled(country, send, apply, make):
    roster = apply(send(make([student(1, group="TD 3"), student(2)])))
    assert roster.state == RosterImport.State.APPLIED
    row = Student.objects.get(student_number="21000001")
    assert {name: getattr(row, name) for name in FIELDS} == {
        "student_number": "21000001",
        "first_name": "Ada",
        "other_names": "",
        "last_name": "Martin1",
        "usage_name": "",
        "email": "ada.1@univ.example",
        "birth_date": None,
    }
    enrolment = row.enrolments.get()
    assert (enrolment.group, enrolment.student_number, enrolment.start_date) == (
        "TD 3",
        "21000001",
        timezone.localdate(country.now),
    )
    assert standing(country) == ["ambre-1", "21000001", "21000002"]
    assert OutboxEvent.objects.filter(kind__endswith="CohortRostered").count() == 1
    assert AuditEntry.objects.filter(action="roster.applied").get().details["new"] == 2


def test_the_same_file_twice_changes_nothing(country, send, apply):
    data = as_csv([student(place) for place in range(30)])
    apply(send(data))
    before = list(Student.objects.order_by("pk").values()), list(Enrolment.objects.order_by("pk").values())
    again = send(data, mode="add")
    assert kinds(again) == {"new": 0, "placed": 0, "changed": 0, "same": 30, "doubts": 0, "leaving": 0, "wrong": 0}
    assert "Rien ne change" in services.blocking(again)
    assert before == (list(Student.objects.order_by("pk").values()), list(Enrolment.objects.order_by("pk").values()))


@pytest.mark.parametrize("called", ["Courriel", "Adresse e-mail", "Adresse électronique"])
def test_without_numbers_the_same_file_twice_changes_nothing_either(send, apply, called):
    header = ("Nom", "Prénom", called)
    data = as_csv([("Martin", "Ada", "a@x.example"), ("Martin", "Ada", "b@x.example")], header=header)
    apply(send(data))
    assert kinds(send(data))["same"] == 2


def test_what_changed_is_corrected(country, send, apply):
    apply(send(as_csv([student(1), student(2)])))
    roster = send(as_csv([student(1, email="new@univ.example", group="TD 9"), student(2, email="")]))
    assert kinds(roster)["changed"] == 1 and kinds(roster)["same"] == 1
    apply(roster)
    row = Student.objects.get(student_number="21000001")
    assert row.email == "new@univ.example" and row.enrolments.get().group == "TD 9"
    assert Student.objects.get(student_number="21000002").email == "ada.2@univ.example"


def test_replacing_ends_the_places_of_those_absent_and_deletes_nobody(country, send, apply):
    apply(send(as_csv([student(1), student(2)])))
    people = Student.objects.count()
    roster = send(as_csv([student(2), student(3)]), mode="replace")
    assert kinds(roster)["leaving"] == 2 and roster.counts["there"] == 3
    apply(roster)
    assert standing(country) == ["21000002", "21000003"]
    assert Student.objects.count() == people + 1
    ended = Enrolment.objects.get(student_number="21000001")
    assert (ended.end_reason, ended.end_date) == ("roster", timezone.localdate(country.now))
    apply(send(as_csv([student(1)])))
    assert Enrolment.objects.filter(student_number="21000001").count() == 2


def test_replacing_waits_until_each_line_is_readable(country, send, access):
    roster = send(as_csv([student(1), student(2, last="")]), mode="replace")
    with pytest.raises(services.RosterNotReady, match="lisible"):
        services.confirm(roster=roster, digest=roster.digest, access=access, now=country.now)


def test_somebody_of_another_cohort_is_enrolled_here_too(country, send, apply):
    other = country.cohort("ambre", "Autre")
    known = country.student("ambre", "21000001", cohort=other)
    Student.objects.filter(pk=known.pk).update(first_name="Ada", last_name="Martin1")
    roster = send(as_csv([student(1)]))
    assert kinds(roster)["placed"] == 1
    apply(roster)
    assert known.enrolments.count() == 2


def test_another_institution_s_student_is_somebody_else(country, send, apply):
    theirs = country.student("brume", "21000001")
    apply(send(as_csv([student(1)])))
    assert Student.objects.filter(student_number="21000001").count() == 2
    assert theirs.enrolments.count() == 1


def test_the_account_of_who_has_one_comes_along(country, send, apply):
    lina = member("lina")
    Student.objects.create(
        institution=country.houses["ambre"], student_number="21000001", first_name="Ada", last_name="Martin1",
        user=lina, created_at=country.now,
    )  # fmt: skip
    apply(send(as_csv([student(1)])))
    assert Enrolment.objects.get(student_number="21000001").user == lina


# --- doubts -----------------------------------------------------------------------------------------------------------


def known(country, **facts):
    said = {"student_number": "", "first_name": "Léa", "last_name": "Lefèvre", "created_at": country.now, **facts}
    return Student.objects.create(institution=country.houses["ambre"], **said)


def line(**changes):
    return student(1, **{"last": "LEFEVRE", "first": "Lea", "number": "1", "email": "", "birth": "", **changes})


@pytest.mark.parametrize(
    ("there", "said", "kind"),
    [
        ({"student_number": "1"}, {}, "placed"),
        ({"student_number": "1", "usage_name": "Durand"}, {"last": "Durand"}, "placed"),
        ({"student_number": "1", "last_name": "Garnier"}, {}, "doubts"),
        ({"email": "lea@x.example"}, {"email": "LEA@x.example"}, "placed"),
        ({"email": "lea@x.example", "first_name": "Marie"}, {"email": "lea@x.example"}, "doubts"),
        ({"birth_date": date(2004, 12, 31)}, {"birth": "31/12/2004"}, "placed"),
        ({"birth_date": date(2004, 12, 30)}, {"birth": "31/12/2004"}, "new"),
        ({"birth_date": date(2004, 12, 31), "student_number": "9"}, {"birth": "31/12/2004"}, "doubts"),
        ({}, {}, "doubts"),
        ({"student_number": "9"}, {}, "new"),
        ({"last_name": "Lefebvre"}, {}, "doubts"),
        ({"last_name": "Lea", "first_name": "Lefevre"}, {}, "doubts"),
        ({"last_name": "Lefebvre", "student_number": "9"}, {}, "new"),
        ({"first_name": "Zoé"}, {}, "new"),
        # Twins: one is known, the other is not.
        (
            {"first_name": "Léo", "birth_date": date(2004, 12, 31), "student_number": "9"},
            {"birth": "31/12/2004"},
            "new",
        ),
    ],
)
def test_who_a_line_is(country, send, there, said, kind):
    known(country, **there)
    counts = kinds(send(as_csv([line(**said)])))
    assert {name: count for name, count in counts.items() if count} == {kind: 1}


def test_a_person_decides_and_is_obeyed(country, send, apply, access):
    lea = known(country)
    roster = send(as_csv([line(), student(2)]))
    with pytest.raises(services.RosterNotReady, match="doutes"):
        services.confirm(roster=roster, digest=roster.digest, access=access, now=country.now)
    (doubt,) = roster.said["doubts"]
    assert doubt["line"] == 2 and doubt["candidates"][0]["uuid"] == str(lea.uuid) and doubt["may_be_new"]
    decided = services.decide(roster=roster, decisions={2: str(lea.uuid)}, access=access, now=country.now)
    assert kinds(decided)["placed"] == 1
    apply(RosterImport.objects.get(pk=roster.pk))
    lea.refresh_from_db()
    assert lea.student_number == "1" and lea.enrolments.get().student_number == "1"


@pytest.mark.parametrize(("choice", "kind", "people"), [("new", "new", 2), ("skip", "skipped", 1)])
def test_somebody_else_or_nobody(country, send, access, choice, kind, people):
    known(country)
    roster = send(as_csv([line()]))
    decided = services.decide(roster=roster, decisions={2: choice}, access=access, now=country.now)
    assert decided.counts[kind] == 1 and not decided.counts["doubts"]
    again = services.reconsider(roster=roster, access=access, now=country.now)
    assert again.counts["doubts"] == 1


def test_a_decision_outside_the_choices_is_ignored(country, send, access):
    known(country)
    stranger = country.students["brume"]
    roster = send(as_csv([line()]))
    for choice in (str(stranger.uuid), "n'importe quoi", ""):
        assert (
            services.decide(roster=roster, decisions={2: choice, 99: "new"}, access=access, now=country.now).counts[
                "doubts"
            ]
            == 1
        )


def test_a_number_held_by_another_name_is_never_somebody_new(country, send, access):
    known(country, student_number="1", last_name="Garnier")
    roster = send(as_csv([line()]))
    assert not roster.said["doubts"][0]["may_be_new"]
    assert services.decide(roster=roster, decisions={2: "new"}, access=access, now=country.now).counts["doubts"] == 1


def test_two_lines_are_never_one_person(country, send, access):
    lea = known(country)
    roster = send(as_csv([line(), line(number="2")]))
    assert roster.counts["doubts"] == 2
    both = {2: str(lea.uuid), 3: str(lea.uuid)}
    decided = services.decide(roster=roster, decisions=both, access=access, now=country.now)
    assert decided.counts["placed"] == 1 and decided.counts["new"] == 1 and decided.counts["doubts"] == 0


ZOE = {"first": "Zoé", "last": "Lefèvre", "birth": "01/02/2004", "email": ""}


def test_one_name_and_birth_date_under_two_numbers_is_a_doubt_that_names_both_lines(country, send, access, apply):
    lines = [student(1, number="22000001", **ZOE), student(2), student(3, **{**ZOE, "last": "LEFEVRE", "number": "17"})]
    roster = send(as_csv(lines))
    (doubt,) = roster.said["doubts"]
    assert (doubt["line"], doubt["values"], doubt["candidates"], roster.counts["new"]) == (4, {"line": 2}, [], 2)
    aside = services.decide(roster=roster, decisions={4: "skip"}, access=access, now=country.now)
    assert (aside.counts["skipped"], aside.counts["new"]) == (1, 2)
    services.reconsider(roster=roster, access=access, now=country.now)
    roster.refresh_from_db()
    apply(services.decide(roster=roster, decisions={4: "new"}, access=access, now=country.now))
    again = kinds(send(as_csv(lines)))
    assert (again["same"], again["doubts"]) == (3, 0)


def test_a_line_and_the_sure_one_below_it_are_a_doubt_too(country, send):
    known(country, student_number="17", first_name="Zoé")
    roster = send(as_csv([student(1, number="22000001", **ZOE), student(2, **{**ZOE, "number": "17"})]))
    assert [(doubt["line"], doubt["values"]["line"]) for doubt in roster.said["doubts"]] == [(2, 3)]


def test_a_line_left_aside_is_nobodys_double(country, send, access):
    known(country, first_name="Inès", student_number="1")
    roster = send(as_csv([student(1, number="1", **ZOE), student(2, number="2", **ZOE)]))
    assert [doubt["line"] for doubt in roster.said["doubts"]] == [2, 3]
    decided = services.decide(roster=roster, decisions={2: "skip"}, access=access, now=country.now)
    assert decided.counts["new"] == 1 and decided.counts["skipped"] == 1


@pytest.mark.parametrize(
    ("there", "births", "told"),
    [
        ({"first_name": "Zoé", "student_number": "9"}, ("01/02/2004",), ["n°\u00a09"]),
        ({"first_name": "Zoé", "student_number": "9"}, ("",), ["n°\u00a09"]),
        ({"first_name": "Zoé", "student_number": "9", "birth_date": date(2004, 1, 1)}, ("01/02/2004",), []),
        ({}, ("", "01/02/2004"), ["ligne 2"]),
        ({}, ("01/02/2004", ""), ["ligne 2"]),
        ({}, ("01/02/2004", "02/02/2004"), []),
    ],
)
def test_who_may_be_another_under_a_second_number_is_told(country, send, there, births, told):
    known(country, **{"student_number": "8", **there})
    lines = [student(n, **{**ZOE, "number": f"2200{n}", "birth": birth}) for n, birth in enumerate(births)]
    roster = send(as_csv(lines))
    notes = telling.notes(roster, "remarks")
    assert [words in note.sentence for note, words in zip(notes, told, strict=True)] == [True] * len(told)
    assert roster.counts["new"] == len(births)


# --- birth dates, files, time -----------------------------------------------------------------------------------------


def test_a_birth_date_is_kept_only_where_it_is_asked_for(country, send, apply):
    apply(send(as_csv([student(1)])))
    assert Student.objects.get(student_number="21000001").birth_date is None
    country.houses["ambre"].asks_birth_date = True
    country.houses["ambre"].save()
    apply(send(as_csv([student(1)])))
    assert Student.objects.get(student_number="21000001").birth_date == date(2004, 12, 31)


def test_the_file_and_what_it_says_are_gone_once_applied(send, apply):
    roster = apply(send(as_csv([student(1)])))
    assert not RosterPiece.objects.exists()
    assert roster.said == {} and roster.decisions == {}


def test_the_lines_left_out_are_told_for_a_day_after(country, send, apply, access):
    known(country)
    roster = send(as_csv([line(), student(2, last=""), student(3)]))
    roster = services.decide(roster=roster, decisions={2: "skip"}, access=access, now=country.now)
    roster = apply(roster)
    assert set(roster.said) == {"errors", "who", "skipped"} and "21000003" not in str(roster.said)
    told = [(one.line, one.column, one.name, one.number) for one in telling.left_out(roster)]
    assert told == [(3, "Nom de famille", "Ada", "21000002"), (2, "", "Lea LEFEVRE", "1")]
    retention.purge(now=country.now + timedelta(hours=25))
    roster.refresh_from_db()
    assert roster.said == {} and roster.state == RosterImport.State.APPLIED and roster.counts["wrong"] == 1


def test_a_day_later_the_file_is_gone_anyway(country, send):
    roster = send(as_csv([student(1)]))
    retention.purge(now=country.now + timedelta(hours=23))
    assert RosterPiece.objects.exists()
    retention.purge(now=country.now + timedelta(hours=25))
    roster.refresh_from_db()
    assert roster.state == RosterImport.State.EXPIRED and roster.said == {}
    assert not RosterPiece.objects.exists()


def test_giving_up_removes_the_file(country, send, access):
    roster = send(as_csv([student(1)]))
    services.abandon(roster=roster, access=access, now=country.now)
    assert not RosterPiece.objects.exists()
    with pytest.raises(services.RosterNotOpen):
        services.confirm(roster=roster, digest=roster.digest, access=access, now=country.now)
    with pytest.raises(files.RosterFileGone):
        files.opened(roster)


def test_if_the_cohort_changed_in_between_it_is_computed_again(country, send, apply):
    roster = send(as_csv([student(1)]), mode="replace")
    late = country.student("ambre", "late")
    after = apply(roster)
    assert after.state == RosterImport.State.READY and after.is_recomputed
    assert after.counts["leaving"] == 2
    assert late.enrolments.get().end_date is None and not Student.objects.filter(student_number="21000001").exists()
    assert apply(after).state == RosterImport.State.APPLIED
    assert standing(country) == ["21000001"]


def test_what_was_not_on_screen_is_not_confirmed(country, send, access):
    roster = send(as_csv([student(1)]))
    with pytest.raises(services.RosterNotReady, match="recalculé"):
        services.confirm(roster=roster, digest="of another page", access=access, now=country.now)


def test_whole_or_not_at_all(country, send, access, monkeypatch):
    roster = send(as_csv([student(place) for place in range(20)]), mode="replace")
    services.confirm(roster=roster, digest=roster.digest, access=access, now=country.now)
    monkeypatch.setattr(applying, "_finish", lambda *_: 1 / 0)
    from kernel import jobs

    job = Job.objects.get(kind=services.JOB)
    jobs.run(job.pk, now=country.now)
    assert Student.objects.filter(student_number__startswith="2100").count() == 0
    assert standing(country) == ["ambre-1"]
    monkeypatch.undo()
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert job.next_attempt_at is not None
    jobs.run(job.pk, now=job.next_attempt_at)
    assert len(standing(country)) == 20


def test_a_job_that_runs_again_changes_nothing(country, send, apply):
    apply(send(as_csv([student(1)])))
    before = Enrolment.objects.count()
    applying.run(Job.objects.get(kind=services.JOB))
    assert Enrolment.objects.count() == before


def test_confirming_twice_starts_one_job(country, send, access):
    roster = send(as_csv([student(1)]))
    for _click in range(2):
        services.confirm(roster=roster, digest=roster.digest, access=access, now=country.now)
    assert Job.objects.filter(kind=services.JOB).count() == 1


def test_a_closed_cohort_takes_nobody(country, send):
    country.cohorts["ambre"].closed_at = country.now
    country.cohorts["ambre"].save()
    with pytest.raises(services.CohortClosed):
        send(as_csv([student(1)]))


def test_a_refused_file_leaves_no_trace(country, access):
    with pytest.raises(FileRefused):
        services.begin(
            access=access,
            cohort=country.cohorts["ambre"],
            mode="add",
            file=io.BytesIO(b"%PDF"),
            name="x",
            now=country.now,
        )
    assert not RosterImport.objects.exists()


def test_a_layout_is_chosen_once(country, send, access):
    header = ("Code", "Patronyme", "Petit nom")
    data = as_csv([("1", "Martin", "Ada")], header=header)
    roster = services.begin(
        access=access, cohort=country.cohorts["ambre"], mode="add", file=io.BytesIO(data), name="x", now=country.now
    )
    assert roster.state == RosterImport.State.MAPPING
    for wrong in ({}, {"last_name": 1, "first_name": 1, "student_number": 0}, {"last_name": 1, "first_name": 2}):
        with pytest.raises(services.MappingIncomplete):
            services.name_columns(roster=roster, mapping=wrong, access=access, now=country.now)
    mapping = {"student_number": 0, "last_name": 1, "first_name": 2}
    services.name_columns(roster=roster, mapping=mapping, access=access, now=country.now)
    again = services.begin(
        access=access, cohort=country.cohorts["ambre"], mode="add", file=io.BytesIO(data), name="x", now=country.now
    )
    assert again.state == RosterImport.State.READY and again.counts["new"] == 1


def test_as_many_queries_for_twenty_lines_as_for_one(country, send, apply):
    def queries(lines):
        with CaptureQueriesContext(
            connection,
        ) as found:
            apply(send(as_csv(lines)))
        return len(found)

    send(as_csv([student(900)]))
    assert queries([student(1)]) == queries([student(place) for place in range(100, 120)])


def test_a_twin_is_never_taken_for_the_other(country, send):
    house = country.houses["ambre"]
    house.asks_birth_date = True
    house.save()
    facts = {"first_name": "Lina", "last_name": "Durand", "birth_date": date(2004, 12, 31)}
    lina = known(country, student_number="1", **facts)
    twin = {"last": "Durand", "first": "Lisa", "email": ""}
    sure = send(as_csv([student(2, number="2", **twin)]))
    assert kinds(sure)["new"] == 1 and kinds(sure)["doubts"] == 0
    unsure = send(as_csv([student(3, number="", **twin)]))
    assert kinds(unsure)["new"] == 0 and unsure.said["doubts"][0]["candidates"][0]["uuid"] == str(lina.uuid)


def test_places_ended_by_hand_come_back(country, send, apply):
    apply(send(as_csv([student(1)])))
    row = Student.objects.get(student_number="21000001")
    row.enrolments.update(end_date=timezone.localdate(country.now), end_reason="left")
    roster = send(as_csv([student(1)]))
    assert kinds(roster)["placed"] == 1
    apply(roster)
    place(student=row, cohort=country.cohorts["ambre"], group="", start_date=date(2026, 10, 20), now=country.now)
    assert row.enrolments.filter(end_date=None).count() == 1
