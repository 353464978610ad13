"""Who may change which look in /cms/: a superuser all of them, a coordinator those of their own institutions."""

from typing import Any

from django.db.models import QuerySet

from themes.models import Look

from .choosing import editable_keys


def may_add(user: Any) -> bool:
    """Say whether `user` may make, remove and give host names to looks."""
    return bool(user.is_active and user.is_superuser)


def editable(user: Any) -> QuerySet[Look]:
    """Return the looks that `user` may change, without their logos."""
    looks = Look.objects.defer("logo").order_by("name")
    return looks if may_add(user) else looks.filter(key__in=editable_keys(user.pk) if user.is_active else ())
