"""An item being written: what its author says today, beside the versions that people answer."""

from typing import Any, ClassVar, NoReturn
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    Task,
    WorkflowMixin,
)

from question_bank.models import Item, OrderedJSON

from .errors import SecondPersonNeeded

# What belongs to the draft as a whole: taking up an old revision does not bring it back.
KEPT = ("uuid", "item_id", "key", "author_id", "stage", "updated_at", "locked", "locked_at", "locked_by_id")


class Stage(models.TextChoices):
    """How far an item is from its author to the people who answer it, and back."""

    DRAFT = "draft", _("brouillon")
    UNDER_REVIEW = "under_review", _("en relecture")
    PUBLISHED = "published", _("publiée")
    UNDER_REVISION = "under_revision", _("publiée, en révision")
    RETIRED = "retired", _("retirée")


class ItemDraft(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):  # type: ignore[misc]
    """What /cms/ edits: one per item. `content` is the item file; `live` says that people are given it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.OneToOneField(Item, models.PROTECT, null=True, editable=False, related_name="draft")
    key = models.SlugField(_("clé"), max_length=100, unique=True)
    content = OrderedJSON(default=dict, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("auteur")
    )
    stage = models.CharField(_("état"), max_length=20, choices=Stage.choices, default=Stage.DRAFT, editable=False)
    # What the list shows, searches and filters: always that of the latest text (authoring.summary).
    title = models.CharField(_("titre"), max_length=120, blank=True, editable=False)
    competency = models.CharField(_("compétence"), max_length=20, blank=True, editable=False)
    capacity = models.CharField(_("capacité"), max_length=20, blank=True, editable=False)
    interaction = models.CharField(_("interaction"), max_length=30, blank=True, editable=False)
    difficulty = models.PositiveSmallIntegerField(_("difficulté"), null=True, editable=False)
    audiences = models.CharField(_("publics"), max_length=60, blank=True, editable=False)
    languages = models.CharField(_("langues"), max_length=60, blank=True, editable=False)
    review_by = models.DateField(_("à relire avant"), null=True, editable=False)
    valid_to = models.DateField(_("valable jusqu’au"), null=True, editable=False)
    words = models.TextField(blank=True, editable=False)
    updated_at = models.DateTimeField(_("modifiée"), editable=False)
    tags = TaggableManager(_("étiquettes"), blank=True)

    class Meta:
        verbose_name = _("situation")
        verbose_name_plural = _("situations")
        ordering: ClassVar = ["key"]
        permissions: ClassVar = [("review_itemdraft", "Can approve or refuse what somebody else wrote")]
        indexes: ClassVar = [
            models.Index(fields=["stage", "competency"], name="drafts_by_stage"),
            models.Index(fields=["review_by"], name="drafts_by_review"),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    def with_content_json(self, content: dict[str, Any]) -> "ItemDraft":
        """Return the draft as a revision says it, with what belongs to the draft as a whole as it is now."""
        found: ItemDraft = super().with_content_json(content)
        for name in KEPT:
            setattr(found, name, getattr(self, name))
        return found

    def publish(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, whoever asks: only a review publishes (authoring.reviewing), superusers and schedules included."""
        raise SecondPersonNeeded()

    def unpublish(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: an item is retired (authoring.retiring), which its release must know."""
        raise SecondPersonNeeded()

    def put_live(self, revision: Revision, reviewer: Any) -> None:
        """Mark `revision` as what people are given now. For authoring.reviewing alone."""
        super().publish(revision, user=reviewer, skip_permission_checks=True)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Return one preview per audience and wording that the text has."""
        from .preview import modes

        return modes(self.content)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the item as its learner sees it."""
        from .preview import page

        return page(self, request, mode_name)


class SecondReading(Task):  # type: ignore[misc]
    """The one task of the workflow: somebody else reads it. Decided on the item's page, never from Wagtail's menus."""

    class Meta:
        verbose_name = _("relecture par une autre personne")

    def locked_for_user(self, obj: ItemDraft, user: Any) -> bool:
        """Lock it for everybody: what is approved is what was read."""
        return bool(obj.workflow_in_progress)

    def on_action(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse Wagtail's own way of deciding, which knows neither the gates nor who wrote the text."""
        raise SecondPersonNeeded()


class Remark(models.Model):
    """What a reader says of an item without deciding."""

    draft = models.ForeignKey(ItemDraft, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]
