"""All addresses: what people read, in French at the root and in English under /en/; what programs call."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from .web_api import nowhere, told_in_json, web_api

login_not_required(serve)
# The login page of /cms/ shows Wagtail's icons and words before anyone has signed in.
for pattern in wagtailadmin_urls.urlpatterns:
    if getattr(pattern, "name", None) in ("wagtailadmin_sprite", "wagtailadmin_javascript_catalog"):
        login_not_required(pattern.callback)


def _public_api() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The API says itself who may do what."""
    patterns, app, namespace = web_api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.callback is not None:
            pattern.callback = login_not_required(told_in_json(pattern.callback))
    return patterns, app, namespace


handler400 = "themes.views.not_understood"
handler500 = "themes.views.broken"

demonstration = [path("", include("lms.demonstration.urls"))] if settings.DEMO else []

urlpatterns = [
    path("", include("kernel.urls")),
    path("apparence/", include("themes.looks.urls")),
    path("api/v1/", nowhere),
    path("api/v1/", _public_api()),
    re_path("^api/", nowhere),
    path("cms/", include("lms.accounts.cms_urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("", include("lms.learning.file_urls")),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        *demonstration,
        path("", serve, {"path": ""}, name="home"),
        path("evaluation/", include("lms.assessments.urls")),
        path("compte/", include("lms.accounts.urls")),
        path("compte/second-facteur/", include("lms.accounts.second_factor.urls")),
        path("compte/", include("lms.accounts.entering.urls")),
        path("parcours/-/", include("lms.learning.urls")),
        path("parcours/", serve, {"path": "parcours/"}, name="catalogue"),
        path("verification/", include("certificates.urls")),
        path("profil/traces/", include("lms.records.urls")),
        path("profil/", include("lms.learning.own_urls")),
        path("", include("lms.cohorts.urls")),
        path("", include("lms.prescribing.urls")),
        path("", include("lms.dashboards.urls")),
        path("", include("lms.outreach.urls")),
        path("", include("lms.certification.urls")),
        path("", include("themes.urls")),
        re_path(r"", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
