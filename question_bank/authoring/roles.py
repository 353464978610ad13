"""Who may do what in /cms/, and the workflow: groups, permissions, one task. Running it again changes nothing."""

from typing import Final

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from .models import ItemDraft, SecondReading

AUTHORS, REVIEWERS, READERS = "Auteurs de la banque", "Relecteurs de la banque", "Lecteurs de la banque"
WORKFLOW: Final = "Relecture des situations"
ENTER: Final = "wagtailadmin.access_admin"
RIGHTS: Final = {
    AUTHORS: (ENTER, *(f"question_bank.{act}_itemdraft" for act in ("add", "change", "view", "lock", "unlock"))),
    REVIEWERS: (ENTER, "question_bank.view_itemdraft", "question_bank.review_itemdraft"),
    READERS: (ENTER, "question_bank.view_itemdraft"),
}


@transaction.atomic
def prepare_authoring() -> None:
    """Write the three groups with exactly their rights, and the workflow of items."""
    create_permissions(apps.get_app_config("question_bank"), verbosity=0)
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([_permission(right) for right in rights])
    _prepare_workflow()


def _permission(right: str) -> Permission:
    app, codename = right.split(".")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).order_by("pk").first()
    if found is None:  # Wagtail's own (lock, unlock) are made after the last migration
        kind = ContentType.objects.get_for_model(ItemDraft)
        found = Permission.objects.create(content_type=kind, codename=codename, name=f"Can {codename}")
    return found


def _prepare_workflow() -> None:
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    task = SecondReading.objects.first() or SecondReading.objects.create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    kind = ContentType.objects.get_for_model(ItemDraft)
    WorkflowContentType.objects.update_or_create(content_type=kind, defaults={"workflow": workflow})
