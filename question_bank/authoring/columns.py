"""The columns of the list of situations."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn

from . import labels
from .models import ItemDraft, Stage

NAMES = {**labels.AUDIENCES, "fr": "fr", "plain": _("simple"), "en": "en"}


def names(column: str) -> str:
    """Return a marked list (`,fr,en,`) in words."""
    return ", ".join(str(NAMES.get(name, name)) for name in column.split(",") if name)


def _day(draft: ItemDraft) -> str:
    return date_format(draft.review_by, "SHORT_DATE_FORMAT") if draft.review_by else ""


def _stage(draft: ItemDraft) -> str:
    """The stage; one whose rule has ended is served to nobody new, and says so."""
    ended = bool(getattr(draft, "has_ended", False))
    return (
        _("%(stage)s – n’est plus valable") % {"stage": draft.get_stage_display()}
        if ended
        else draft.get_stage_display()
    )


def _author(draft: ItemDraft) -> str:
    """Who wrote it, by name; nothing for what files brought."""
    return (draft.author.get_full_name() or str(draft.author)) if draft.author else ""


def _tags(draft: ItemDraft) -> str:
    return ", ".join(tag.name for tag in draft.tags.all())


COLUMNS: list[Any] = [
    Column("capacity", label=_("Capacité"), sort_key="capacity"),
    Column(
        "interaction",
        label=_("Interaction"),
        sort_key="interaction",
        accessor=lambda one: labels.interaction(one.interaction),
    ),
    Column("difficulty", label=_("Difficulté"), sort_key="difficulty"),
    Column("audiences", label=_("Publics"), accessor=lambda one: names(one.audiences)),
    Column("languages", label=_("Langues"), accessor=lambda one: names(one.languages)),
    StatusTagColumn(
        "stage",
        label=_("État"),
        sort_key="stage",
        accessor=_stage,
        primary=lambda one: one.stage == Stage.PUBLISHED,
    ),
    Column("review_by", label=_("À relire avant"), sort_key="review_by", accessor=_day),
    Column("author", label=_("Auteur"), accessor=_author),
    Column("tags", label=_("Étiquettes"), accessor=_tags),
]
