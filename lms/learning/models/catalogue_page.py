"""The catalogue: the parent of every module and journey, at /parcours/."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from .reviewing import WithoutDirectPublication


class CataloguePage(WithoutDirectPublication, RoutablePageMixin, Page):  # type: ignore[misc]
    """/parcours/: what there is to learn."""

    lead = models.TextField(_("chapeau"), max_length=300, blank=True)

    content_panels: ClassVar[list[Panel]] = [*Page.content_panels, FieldPanel("lead")]
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["learning.HomePage"]
    subpage_types: ClassVar[list[str]] = ["learning.ModulePage", "learning.JourneyPage"]
    template = "learning/catalogue_page.html"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a module or a journey; one that is withdrawn is told as such rather than as an unknown address."""
        try:
            return super().route(request, path_components)
        except Http404:
            if not self.live or not path_components:
                raise
            return RouteResult(self, args=(self.gone, (), {"key": path_components[0]}))

    def gone(self, request: HttpRequest, key: str) -> HttpResponse:
        """Say what became of a module or a journey."""
        from lms.learning import reading

        return reading.gone(request, key, self.locale.language_code)

    @path("glossaire/")
    def glossary(self, request: HttpRequest) -> HttpResponse:
        """Show every word explained, in order."""
        from lms.learning.catalogue import glossary

        context = glossary.context(self.locale.language_code, request.GET.get("page"), request.GET.get("mot"))
        template = "learning/glossary.html"
        response: HttpResponse = self.render(request, context_overrides=context, template=template)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what there is to learn, as the address asks for it."""
        from lms.learning.catalogue import page

        found: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return found | page.context(request, self.locale.language_code)
