"""The pages that say who answers for the site, what it keeps, and for whom it works."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

app_name = "themes"


def _page(template: str):  # type: ignore[no-untyped-def]
    return login_not_required(TemplateView.as_view(template_name=template))


urlpatterns = [
    path("mentions-legales/", _page("pages/legal.html"), name="legal"),
    path("vie-privee/", _page("pages/privacy.html"), name="privacy"),
    path("accessibilite/", _page("pages/accessibility.html"), name="accessibility"),
]
