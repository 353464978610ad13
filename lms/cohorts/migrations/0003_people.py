"""Students before any account, roles by invitation, institutions as data; a student for every enrolment there was."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def students_of_enrolments(apps, schema_editor):
    """Make the student of each enrolment: one per institution and person, named as their account is."""
    enrolment, student = apps.get_model("cohorts", "Enrolment"), apps.get_model("cohorts", "Student")
    for row in enrolment.objects.select_related("cohort", "user").order_by("pk"):
        row.student = _student(student, row)
        row.save(update_fields=["student"])
    if schema_editor.connection.vendor == "postgresql":
        # Else the deferred checks of the rows just written would refuse the change of column that follows.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _student(model, row):
    known = model.objects.filter(institution_id=row.cohort.institution_id)
    if row.user_id:
        found = known.filter(user_id=row.user_id).order_by("pk").first()
    else:
        found = known.filter(student_number=row.student_number, user=None).exclude(student_number="").first()
    return found or model.objects.create(**_facts(known, row))


def _facts(known, row):
    now, user = timezone.now(), row.user
    is_taken = known.filter(student_number=row.student_number).exists()
    facts = {
        "institution_id": row.cohort.institution_id,
        "student_number": "" if is_taken else row.student_number,
        "created_at": now,
    }
    if user is None:
        return facts
    names = {"first_name": user.first_name[:100], "last_name": user.last_name[:100], "email": user.email}
    return {**facts, **names, "user": user, "claimed_at": now}


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0002_look"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("learner", "apprentissage"),
                            ("instructor", "enseignement"),
                            ("coordinator", "coordination"),
                            ("invigilator", "surveillance d’examen"),
                            ("author", "rédaction"),
                            ("reviewer", "relecture"),
                            ("ambassador", "animation d’ateliers"),
                            ("pilot", "pilotage national"),
                        ],
                        max_length=12,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("role_expires_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("asked_again_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Student",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("student_number", models.CharField(blank=True, max_length=40)),
                ("number_origin", models.CharField(blank=True, max_length=50)),
                ("first_name", models.CharField(blank=True, max_length=100)),
                ("other_names", models.CharField(blank=True, max_length=150)),
                ("last_name", models.CharField(blank=True, max_length=100)),
                ("usage_name", models.CharField(blank=True, max_length=100)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("birth_date", models.DateField(blank=True, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["last_name", "first_name", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="rolegrant",
            name="one_grant_per_role",
        ),
        migrations.AddField(
            model_name="cohort",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="cohort",
            name="year_of_study",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("roster", "Roster"),
                    ("corrected", "Corrected"),
                    ("left", "Left"),
                    ("cohort_closed", "Cohort Closed"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="group",
            field=models.CharField(blank=True, help_text="as the institution writes it: TD 3", max_length=80),
        ),
        migrations.AddField(
            model_name="institution",
            name="asks_birth_date",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="institution",
            name="confidence",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="institution",
            name="health_students",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="institution",
            name="is_counted",
            field=models.BooleanField(default=False, help_text="one of the universities of the national target"),
        ),
        migrations.AddField(
            model_name="institution",
            name="loaded",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="institution",
            name="merged_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="institution",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_over",
                to="cohorts.institution",
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="institution",
            name="privacy_contact",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="programme",
            name="confidence",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="programme",
            name="hours",
            field=models.PositiveSmallIntegerField(default=28, help_text="of digital health in the whole programme"),
        ),
        migrations.AddField(
            model_name="programme",
            name="loaded",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="programme",
            name="number",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="cohort",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="role_grants",
                to="cohorts.cohort",
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="granted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="given_grants",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="institution",
            name="kind",
            field=models.CharField(
                choices=[
                    ("university", "université"),
                    ("institute", "institut de formation"),
                    ("hospital", "hôpital"),
                    ("other", "autre établissement"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(
                choices=[
                    ("learner", "apprentissage"),
                    ("instructor", "enseignement"),
                    ("coordinator", "coordination"),
                    ("invigilator", "surveillance d’examen"),
                    ("author", "rédaction"),
                    ("reviewer", "relecture"),
                    ("ambassador", "animation d’ateliers"),
                    ("pilot", "pilotage national"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cohort", None)), fields=("user", "role", "institution"), name="one_grant_per_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cohort", None), _negated=True),
                fields=("user", "role", "cohort"),
                name="one_grant_per_cohort",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="accepted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="accepted_invitations",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="cohort",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="cohorts.cohort",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="cohorts.institution",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sent_invitations",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="student",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="students", to="cohorts.institution"
            ),
        ),
        migrations.AddField(
            model_name="student",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="students",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("cohort", None), ("revoked_at", None)),
                fields=("institution", "role", "email"),
                name="one_pending_invitation",
            ),
        ),
        migrations.AddIndex(
            model_name="student",
            index=models.Index(fields=["institution", "last_name", "first_name"], name="student_by_name"),
        ),
        migrations.AddIndex(
            model_name="student",
            index=models.Index(fields=["email"], name="student_by_email"),
        ),
        migrations.AddConstraint(
            model_name="student",
            constraint=models.UniqueConstraint(
                condition=models.Q(("student_number", ""), _negated=True),
                fields=("institution", "number_origin", "student_number"),
                name="one_student_per_number",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="student",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="enrolments", to="cohorts.student"
            ),
        ),
        migrations.RunPython(students_of_enrolments, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="enrolment",
            name="student",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="enrolments", to="cohorts.student"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("end_date", None)), fields=("cohort", "student"), name="one_standing_place"
            ),
        ),
    ]
