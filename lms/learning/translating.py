"""From a translator to readers: what comes next is said on the screen of a translation, and whole ones are listed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from .models import JourneyPage, ModulePage
from .reviewing import is_reviewer, may_publish_translation, translation_of


class TranslationsPanel(Component):  # type: ignore[misc]
    """The translations that somebody else has finished: whoever reads them publishes them."""

    name = "translations_to_publish"
    order = 2
    template_name = "learning/translations_panel.html"

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the pages."""
        return {"pages": self.pages}


def offer_translations(request: HttpRequest, shown: list[Any]) -> None:
    """Add to the home page of /cms/ the translations that wait for whoever opens it."""
    pages = waiting_translations(request.user)
    if pages:
        shown.insert(0, TranslationsPanel(pages))


def waiting_translations(user: Any) -> list[Page]:
    """Return the pages whose translation is whole, changed since it was last published, and that `user` may publish."""
    return [
        page
        for page in _changed_pages()
        if is_reviewer(page, user) and may_publish_translation(page, user) and _is_whole(page)
    ]


def say_what_comes_next(request: HttpRequest, page: Page) -> None:
    """Say, above the screen of a translation, how much is left, then who publishes it."""
    found = translation_of(page) if request.method == "GET" else None
    if found is None:
        return
    total, translated = found.get_progress()
    if total > translated:
        said = ngettext(
            "Il reste %(n)d phrase à traduire. Ce qui est traduit est gardé au fur et à mesure.",
            "Il reste %(n)d phrases à traduire. Ce qui est traduit est gardé au fur et à mesure.",
            total - translated,
        )
        messages.info(request, said % {"n": total - translated})
    elif may_publish_translation(page, request.user) and is_reviewer(page, request.user):
        messages.info(request, _("Tout est traduit : relisez, puis publiez."))
    else:
        messages.info(
            request, _("Tout est traduit. Une autre personne trouve cette page sur son accueil, la relit et la publie.")
        )


def _changed_pages() -> list[Page]:
    """Return the pages of which a sentence was translated since they were published: three queries."""
    said = StringTranslation.objects.order_by().values_list("context__object_id", "locale_id")
    last = {(key, locale_id): at for key, locale_id, at in said.annotate(Max("updated_at"))}
    keys = {key for key, _locale_id in last if key}
    pages = [page for model in (ModulePage, JourneyPage) for page in _named(model, keys)]
    return [page for page in pages if _is_changed(page, last.get((page.translation_key, page.locale_id)))]


def _named(model: Any, keys: Collection[Any]) -> QuerySet[Any]:
    return model.objects.filter(translation_key__in=keys).select_related("locale").order_by("pk")  # type: ignore[no-any-return]


def _is_changed(page: Page, at: datetime | None) -> bool:
    return at is not None and not (page.live and page.last_published_at and page.last_published_at >= at)


def _is_whole(page: Page) -> bool:
    found = translation_of(page)
    total, translated = found.get_progress() if found else (0, 0)
    return bool(total) and total == translated
