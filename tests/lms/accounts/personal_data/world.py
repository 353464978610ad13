"""One person, with a canary in every column of every table that may say something of them."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Field, Model
from django.test import Client

from kernel.models import Mail
from lms.accounts import policies
from lms.accounts.models import LegalHold, Session, User
from lms.accounts.policies import Policy
from lms.accounts.sessions import SessionStore
from lms.assessments.models import Attempt
from lms.cohorts.models import Invitation, RosterImport, Student
from lms.records.models import Statement
from tests.lms.assessments.taking import Taker

NOW = datetime(2026, 10, 20, 13, 30, tzinfo=UTC)
CANARY = "kanari"
LENGTH = 11  # of a canary: kanari0042x
PLAIN: dict[type, Any] = {
    models.DateTimeField: NOW,
    models.DateField: date(2026, 10, 20),
    models.BooleanField: False,
    models.JSONField: {},
    models.BinaryField: b"",
    models.FloatField: 1.0,
    models.DurationField: None,
}
# What is read when an attempt is folded into counts, and so has to be what it is.
READ = {
    "assessments.Attempt": {
        "ability", "prior", "selection_log", "pretest_log", "seen_lately", "avoid", "focus", "locale", "wording",
        "token", "mask_secret",
    },
    "accounts.Session": {"session_key", "session_data"},
    "kernel.Mail": {"to"},
    "certificates.Certificate": {"holder_ref"},
    "assessments.CompetencyResult": {"level"},  # the code of a level, which the counts of erased attempts keep
    "records.Pseudonym": {"recipient"},
    "records.Statement": {"raw"},
    "assessments.AssignmentExtension": {"group"},
}  # fmt: skip
# One of several ways to say whom it is for.
ONE_OF = {"assessments.AssignmentExtension": {"user", "cohort"}}
# What a constraint asks for.
ASKED: dict[str, dict[str, Any]] = {
    "assessments.Assignment": {"journey_key": "parcours"},
    "cohorts.Accommodation": {"time_percent": 133},
    "prescribing.Reminder": {"closes_at": NOW},
    "records.Pseudonym": {"recipient": "socle"},
    "dashboards.TaughtHours": {"minutes": 60},
}


@dataclass(frozen=True)
class Mark:
    """A canary put in a column."""

    policy: Policy
    column: str
    canary: str


@dataclass
class World:
    """The person, what was written of them, and where."""

    user: User
    marks: list[Mark] = field(default_factory=list)
    rows: dict[str, Model] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    @classmethod
    def built(cls) -> "World":
        """Write it all."""
        world = cls(User.objects.create_user("kanari0000x@demo.example", "a long enough phrase"))
        EmailAddress.objects.create(user=world.user, email=world.user.email, verified=True, primary=True)
        world.rows = {"accounts.User": world.user, "assessments.Attempt": world._attempt()}
        for policy in policies.installed():
            world._write(policy)
        world._write_what_waits()
        world._write_to_their_place()
        world.user.refresh_from_db()
        world._name_everywhere()
        return world

    @property
    def names(self) -> list[str]:
        """Return what names the person, the place that an institution has for them included."""
        place = self.place
        said = [f"{place.first_name} {place.last_name}", place.email, place.student_number, str(place.uuid)]
        return [self.user.get_full_name(), self.user.email, str(self.user.uuid), *said]

    @property
    def place(self) -> Student:
        """Return the place they took, whose address is not their account's."""
        return self.rows["cohorts.Student"]  # type: ignore[return-value]

    def canary(self) -> str:
        """Return one that was never used."""
        return f"{CANARY}{next(self.numbers):04}x"

    def one(self, model: type[Model]) -> Model:
        """Return the person's row of a table, or any row of a table that is nobody's, written now if there is none."""
        label = model._meta.label
        if label not in self.rows:
            self.rows[label] = self._known(model) or self._make(model)
        return self.rows[label]

    def _known(self, model: type[Model]) -> Model | None:
        """Return a row that is there already: theirs if the table is somebody's."""
        rows, policy = model._base_manager.order_by("pk"), policies.people().get(model._meta.label)
        if policy is None:
            return rows.first()
        return rows.filter(**{policy.of[0]: self.user.pk}).first() if policy.of else None

    def _attempt(self) -> Attempt:
        client = Client()
        client.force_login(self.user)
        taker = Taker(client=client).start("citizen").finish()
        return taker.attempt

    def _make(self, model: type[Model]) -> Model:
        if model is Session:
            return self._session()
        left = ONE_OF.get(model._meta.label, set())
        values = {one.name: self._value(one) for one in model._meta.concrete_fields if one.name not in left}
        values |= ASKED.get(model._meta.label, {})
        row = model(**{name: value for name, value in values.items() if value is not None})
        if model._meta.parents:
            row.save_base(raw=True, force_insert=True)
        else:
            model._base_manager.bulk_create([row])  # no signal: what they would write is not asked for
        return row

    def _session(self) -> Model:
        store = SessionStore()
        store["_auth_user_id"], store["said"] = str(self.user.pk), self.user.email
        store.create()
        return Session.objects.get(session_key=store.session_key)

    def _value(self, one: "Field[Any, Any]") -> Any:
        if isinstance(one, models.AutoField):
            return None
        if one.is_relation:
            line = policies.people().get(one.model._meta.label)
            is_path = line is not None and one.name in {path.split("__")[0] for path in (*line.of, *line.by)}
            return self.one(one.related_model) if is_path or not one.null else None  # type: ignore[arg-type]
        if one.name in ("person_id", "reporter_id", "handled_by_id", "actor_id") or one.name == "owner":
            return self.user.pk
        if one.has_default() or one.null:
            return one.get_default()
        if one.choices:
            return next(iter(one.flatchoices))[0]
        if isinstance(one, models.UUIDField):
            return uuid4()
        if isinstance(one, models.IntegerField):
            return 1
        return next((value for kind, value in PLAIN.items() if isinstance(one, kind)), "")

    def _write(self, policy: Policy) -> None:
        row = self.one(policy.model)
        if policy.of:
            for one in policy.model._meta.concrete_fields:
                self._mark(policy, row, one)
        if isinstance(row, LegalHold):
            LegalHold.objects.filter(pk=row.pk).update(lifted_at=NOW)
        if policy.label == "certificates.Certificate":
            policy.model._base_manager.filter(pk=row.pk).update(holder_ref=str(self.user.uuid))

    def _mark(self, policy: Policy, row: Model, one: "Field[Any, Any]") -> None:
        """Put a canary in a column that can hold one."""
        is_short = getattr(one, "max_length", None) is not None and one.max_length < LENGTH
        if one.is_relation or one.choices or is_short or one.name in READ.get(policy.label, ()):
            return
        canary = self.canary()
        value = self._holding(one, canary)
        if value is not None:
            policy.model._base_manager.filter(pk=row.pk).update(**{one.name: value})
            self.marks.append(Mark(policy, one.name, canary))

    def _holding(self, one: "Field[Any, Any]", canary: str) -> Any:
        if isinstance(one, models.FileField):
            return default_storage.save(f"{canary}.txt", ContentFile(canary.encode()))
        if isinstance(one, models.EmailField):
            return f"{canary}@demo.example"
        if isinstance(one, models.JSONField):
            return {"kind": "text", "value": canary} if one.name == "answer" else {"said": canary}
        if isinstance(one, models.BinaryField):
            return canary.encode()
        return canary if isinstance(one, models.CharField | models.TextField) else None

    def _write_what_waits(self) -> None:
        """What no column points to the account: letters, a place at a proved address, a list that waits, statements."""
        user, proved = User.objects.get(pk=self.user.pk), EmailAddress.objects.get(user=self.user).email
        Mail.objects.update(to=user.email.upper())
        canary = self.canary()
        Statement.objects.update(raw=json.dumps({"said": canary}))
        self.marks.append(Mark(policies.people()["records.Statement"], "raw_", canary))
        waiting = {"institution": self.rows["cohorts.Student"].institution, "created_at": NOW}  # type: ignore[attr-defined]
        names = {name: self.canary() for name in ("first_name", "last_name", "student_number")}
        Student.objects.create(email=proved, **names, **waiting)
        self.marks += [Mark(policies.people()["cohorts.Student"], name, text) for name, text in names.items()]
        roster = self.rows["cohorts.RosterImport"]
        RosterImport.objects.filter(pk=roster.pk).update(state="ready", said={"lines": [[proved]]})
        roster.pieces.update(data=f"Email;Nom\r\n{proved};{CANARY}\r\n".encode("cp1252"))  # type: ignore[attr-defined]
        self._begin(user.email)

    def _write_to_their_place(self) -> None:
        """What went to the address of their institution's list, and what waits there."""
        self.place.refresh_from_db()
        texts = {name: self.canary() for name in ("subject", "text", "html")}
        Mail.objects.create(to=self.place.email.upper(), **texts)
        self.marks += [Mark(policies.people()["kernel.Mail"], name, text) for name, text in texts.items()]
        asked = Invitation.objects.get()
        asked.pk, asked.uuid, asked.accepted_by, asked.token_digest = None, uuid4(), None, "d" * 64
        asked.email = self.place.email
        asked.save(force_insert=True)
        self._begin(self.place.email)

    def _begin(self, email: str) -> None:
        begun = SessionStore()
        begun["account_login"] = {"email": email}
        begun.create()

    def _name_everywhere(self) -> None:
        """Say their name in every text that is not theirs."""
        for policy in policies.installed():
            for name in policy.names if not policy.of else ():
                one = policy.field(name)
                said = (self.names, self.names[:3], [self.place.email])
                text = next(t for t in map(_said, said) if len(t) <= (one.max_length or 1000))
                value = {"à": [text, {text: 1}]} if isinstance(one, models.JSONField) else text
                policy.model._base_manager.update(**{name: value})


def _said(names: list[str]) -> str:
    return f"Dit à {', '.join(names)}."
