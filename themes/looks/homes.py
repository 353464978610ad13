"""Whether a path leads to a page of this site, as an anonymous visitor would find it."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from wagtail.models import Site
from wagtail.views import serve

GONE = 400


def leads_somewhere(path: str) -> bool:
    """Say whether `path` is the address of a page; one written in /cms/ has to be published."""
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            found = resolve(path)
        except Resolver404:
            return False
        return found.func is not serve or _is_written(path, str((*found.args, *found.kwargs.values())[0]))


def _is_written(path: str, below: str) -> bool:
    """Say whether the page at `below`, the path without its language, is published."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").order_by("pk").first()
    if site is None:
        return False
    request = _visit(path, site)
    try:
        parts = [part for part in below.split("/") if part]
        page, args, kwargs = site.root_page.localized.specific.route(request, parts)
        return bool(page.serve(request, *args, **kwargs).status_code < GONE)
    except Http404:
        return False


def _visit(path: str, site: Site) -> HttpRequest:
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META |= {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port)}
    request.user = AnonymousUser()
    request._wagtail_site = site  # type: ignore[attr-defined]
    return request
