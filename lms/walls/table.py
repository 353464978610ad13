"""Whose each row is: the one table from which the policies of PostgreSQL are made, and what has none, with the reason.

A model with an institution, or from which something leads to a person, is in one of the three (lms.walls.guarding).
"""

from .types import Wall

_FRAMED = "{houses} <> '{{}}' AND socle_frames(owner_id)"  # the owner is a student of those institutions
_OWN = "whole.owner_id = {user} OR whole.owner_id IS NULL"

WALLS = (
    # lms.accounts and what the kernel keeps of people.
    Wall("accounts.Consent", owner=("user",)),
    Wall("accounts.LegalHold"),
    Wall("kernel.Mail"),
    Wall("kernel.AuditEntry", owner=("actor_id",)),
    # lms.cohorts. One’s own place and one’s own roles are read, not written: services that give them act as the worker.
    Wall("cohorts.Cohort", institution=("institution",), cohort=("id",), platform=True),
    Wall("cohorts.Student", reader=("user",), institution=("institution",)),
    Wall("cohorts.Enrolment", reader=("user",), institution=("cohort__institution",)),
    Wall("cohorts.Accommodation", reader=("student__user",), institution=("student__institution",)),
    Wall("cohorts.ClaimLetter", reader=("student__user",), institution=("student__institution",)),
    Wall("cohorts.JoinCode", institution=("cohort__institution",)),
    Wall("cohorts.WrongTry", owner=("user",)),
    Wall("cohorts.RosterLayout", institution=("institution",)),
    Wall("cohorts.RosterImport", institution=("cohort__institution",), reader=("created_by",)),
    Wall("cohorts.RosterPiece", parent="roster"),
    Wall("cohorts.RoleGrant", reader=("user",), institution=("institution",), platform=True),
    Wall("cohorts.Invitation", reader=("accepted_by",), institution=("institution",), platform=True),
    Wall("cohorts.SharingGrant", owner=("user",), institution=("institution",)),
    # lms.assessments. Staff reads that an attempt was, when it placed somebody or was asked; results if they agreed;
    # answers never.
    Wall(
        "assessments.Assignment",
        institution=("institution", "cohorts__institution"),
        assignment=("id",),
    ),
    Wall("assessments.Assignment_cohorts", institution=("cohort__institution",), cohort=("cohort",)),
    Wall("assessments.AssignmentExtension", parent="assignment"),
    Wall(
        "assessments.Participation",
        owner=("user",),
        institution=("assignment__institution", "assignment__cohorts__institution"),
    ),
    Wall(
        "assessments.Attempt",
        owner=("owner",),
        ownerless="owner",
        houses=f"institution_id = ANY ({{houses}}) OR purpose = 'placement' AND context = '' AND {_FRAMED}",
    ),
    Wall("assessments.Response", parent="attempt", whole=_OWN),
    Wall("assessments.ItemAction", parent="attempt", whole=_OWN),
    Wall(
        "assessments.CompetencyResult",
        parent="attempt",
        whole=_OWN,
        houses="{houses} <> '{{}}' AND socle_is_agreed(attempt_id)",
    ),
    # lms.learning.
    Wall("learning.PracticeResponse", owner=("owner",)),
    Wall("learning.ModuleProgress", owner=("owner",), houses=_FRAMED),
    Wall("learning.StepProgress", parent="progress", whole="whole.owner_id = {user}"),
    Wall("learning.ReviewCard", owner=("owner",)),
    Wall("learning.ReviewAnswer", parent="card"),
    Wall("learning.ReviewReminder", owner=("owner",)),
    # lms.records, lms.prescribing.
    Wall("records.Pseudonym", owner=("person",)),
    Wall("records.Statement", parent="actor"),
    Wall("prescribing.Reminder", institution=("assignment__institution", "assignment__cohorts__institution")),
    Wall(
        "prescribing.ReminderLetter",
        reader=("user",),
        institution=("assignment__institution", "assignment__cohorts__institution"),
    ),
    # lms.dashboards: summaries of people, then figures.
    Wall("dashboards.LearnerSummary", reader=("user",), institution=("institution",)),
    Wall("dashboards.CompletedJourney", owner=("user",)),
    Wall("dashboards.Declaration", reader=("enrolment__user",), institution=("enrolment__cohort__institution",)),
    Wall("dashboards.TaughtHours", institution=("cohort__institution",), cohort=("cohort",)),
    Wall("dashboards.TaughtCompetency", parent="taught"),
    Wall(
        "dashboards.Rollup",
        houses=(
            "kind IN (1, 2, 3, 4) AND scope_id = ANY ({houses})"  # lms.dashboards.rollups.places.Kind
            " OR kind = 0 AND scope_id IN (SELECT id FROM cohorts_cohort WHERE institution_id = ANY ({houses}))"
        ),
        national="kind IN (5, 6)",
    ),
    Wall("dashboards.RollupDelta", institution=("institution_id", "university_id")),
    Wall("dashboards.ErasedContribution"),
    Wall(
        "dashboards.AggregateSnapshot",
        public="kind = 'national'",
        national="kind <> 'parcels'",
        houses="kind = 'marks' AND {houses} <> '{{}}' OR kind = 'university' AND scope_id = ANY ({houses})",
    ),
)

_SIGNING_IN = "read to sign in, before anybody is known"
_STAFF_S_WORK = "what editors write in /cms/, with the name of who wrote: no learner, no answer"
_PUBLIC = "public facts, which signing in and every look read before anybody is known"
_COUNTS = "counts of what was erased: nobody’s any more"

EXEMPT = {
    "accounts.User": _SIGNING_IN,
    "accounts.User_groups": _SIGNING_IN,
    "accounts.User_user_permissions": _SIGNING_IN,
    "accounts.InactivityNotice": "its letter’s link opens it before anybody is known; it says dates, and whose",
    "accounts.Session": _SIGNING_IN,
    "account.EmailAddress": _SIGNING_IN,
    "account.EmailConfirmation": _SIGNING_IN,
    "mfa.Authenticator": _SIGNING_IN,
    "cohorts.Institution": _PUBLIC,
    "cohorts.Attachment": _PUBLIC,
    "assessments.ErasedAttempts": _COUNTS,
    "kernel.Job": "ids and a percentage; the roster or the cohort it works for is found first, behind its own wall",
    "kernel.Image": _STAFF_S_WORK,
    "kernel.Document": _STAFF_S_WORK,
    "question_bank.ItemDraft": _STAFF_S_WORK,
    "question_bank.Remark": _STAFF_S_WORK,
}
# Whole applications of others, and why.
EXEMPT_APPS = dict.fromkeys(
    (
        "wagtailcore",
        "wagtailadmin",
        "wagtailusers",
        "wagtailimages",
        "wagtaildocs",
        "wagtail_localize",
        "wagtailsearch",
    ),
    _STAFF_S_WORK,
)
