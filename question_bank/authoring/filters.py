"""How a list of hundreds of situations is narrowed down."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from . import labels
from .models import ItemDraft, Stage
from .summary import mark

Rows = QuerySet[ItemDraft]


def _choice(label: Any, choices: Any, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=_("Toutes"), **options)


class ItemFilters(WagtailFilterSet):  # type: ignore[misc]
    """Filters of the list; each is one condition of one query."""

    competency = _choice(_("Compétence"), labels.competencies)
    capacity = _choice(_("Capacité"), labels.capacities)
    difficulty = _choice(_("Difficulté"), list(labels.DIFFICULTIES.items()))
    interaction = _choice(_("Interaction"), labels.interactions)
    audience = _choice(_("Public"), list(labels.AUDIENCES.items()), method="with_audience")
    language = _choice(_("Langue"), list(labels.WORDINGS.items()), method="with_language")
    stage = _choice(_("État"), Stage.choices)
    review_by = django_filters.DateFilter(
        label=_("À relire avant le"), lookup_expr="lte", widget=AdminDateInput(attrs={"placeholder": ""})
    )
    valid_to = django_filters.DateFilter(
        label=_("Plus valable le"), lookup_expr="lt", widget=AdminDateInput(attrs={"placeholder": ""})
    )
    tag = django_filters.CharFilter(label=_("Étiquette"), field_name="tags__name", lookup_expr="iexact")
    mine = django_filters.BooleanFilter(label=_("Les miennes"), method="of_mine")

    class Meta:
        model = ItemDraft
        fields: list[str] = []

    def with_audience(self, rows: Rows, name: str, value: str) -> Rows:
        """Keep what may be put to an audience."""
        return rows.filter(audiences__contains=mark(value))

    def with_language(self, rows: Rows, name: str, value: str) -> Rows:
        """Keep what is written in a language, or in plain French."""
        return rows.filter(languages__contains=mark(value))

    def of_mine(self, rows: Rows, name: str, value: bool) -> Rows:
        """Keep what one wrote oneself, or what others did."""
        own = {"author_id": self.request.user.pk}
        return rows.filter(**own) if value else rows.exclude(**own)
