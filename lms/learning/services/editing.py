"""Who may do what to pages in /cms/, and the workflow. Running it again changes nothing."""

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from lms.learning.models import CataloguePage, ModuleReading
from question_bank.api import AUTHORS, REVIEWERS

WORKFLOW: Final = "Relecture des modules"
# Reviewers do not write: what they approve is what they have read.
RIGHTS: Final = {AUTHORS: ("add", "change"), REVIEWERS: ("publish",)}
FILES: Final = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
TRANSLATE: Final = ("submit_translation",)


@transaction.atomic
def prepare_editing() -> None:
    """Give authors and reviewers of the bank their rights on the catalogue, and its workflow to the catalogue."""
    workflow = _workflow()
    for page in CataloguePage.objects.order_by("pk"):
        for name, rights in RIGHTS.items():
            _allow(Group.objects.get_or_create(name=name)[0], page, rights)
        WorkflowPage.objects.update_or_create(page=page.page_ptr, defaults={"workflow": workflow})
    _allow_files(Group.objects.get_or_create(name=AUTHORS)[0])


def _workflow() -> Workflow:
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    task = ModuleReading.objects.order_by("pk").first() or ModuleReading.objects.create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    return workflow


def _allow(group: Group, page: Page, rights: tuple[str, ...]) -> None:
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{right}_page" for right in rights]
    )
    for permission in wanted.order_by("pk"):
        GroupPagePermission.objects.get_or_create(group=group, page=page.page_ptr, permission=permission)


def _allow_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(codename__in=FILES, content_type__app_label="kernel").order_by("pk"):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    group.permissions.add(*Permission.objects.filter(codename__in=TRANSLATE).order_by("pk"))
