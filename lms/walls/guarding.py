"""What has no wall and should: a table with an institution, or from which something leads to a person."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

from .applying import as_wanted, standing
from .statements import model_of, policies_of
from .table import EXEMPT, EXEMPT_APPS, WALLS

# Plain ids, where an app does not know the one that has the row.
NAMES = {"institution_id", "university_id", "user_id", "owner_id", "owner", "person_id", "actor_id"}
INSTITUTION = "cohorts.Institution"


def problems() -> list[str]:
    """Return what the table of the walls forgets, or names in vain."""
    known = {wall.model for wall in WALLS}
    found = [f"{name} leads to a person or an institution: say whose it is, or why it has no wall" for name in _bare()]
    gone = [name for name in (*known, *EXEMPT) if not _exists(name)]
    twice = sorted(known & set(EXEMPT))
    return [
        *found,
        *(f"{name} is in the table of walls, and nowhere else" for name in gone),
        *(f"{name} has a wall and a reason not to have one" for name in twice),
    ]


def breaches() -> list[str]:
    """Return what the database does not hold of the table, and what the role that asks could get round."""
    found = [
        f"{table}: its policies are not those of the table; run “manage.py row_security” as the owner"
        for table, policies in ((model_of(wall)._meta.db_table, policies_of(wall)) for wall in WALLS)
        if standing(table) != as_wanted(policies)
    ]
    return found + [f"the role of this connection {reason}" for reason in privileges()]


def privileges() -> list[str]:
    """Return why the role of this connection is above the walls; nothing for the one that serves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        is_super, bypasses = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE pg_has_role(current_user, relowner, 'MEMBER') AND relkind = 'r'"
        )
        owned = cursor.fetchone()[0]
    told = {"is a superuser": is_super, "has BYPASSRLS": bypasses, "owns tables": owned}
    return [reason for reason, is_so in told.items() if is_so]


def _bare() -> Iterator[str]:
    """Yield the models that should have a wall and have neither one nor a reason."""
    walled = {model_of(wall) for wall in WALLS if _exists(wall.model)}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        is_known = model in walled or options.label in EXEMPT or options.app_label in EXEMPT_APPS
        if options.managed and not options.proxy and not is_known and _leads_to_somebody(model, set()):
            yield options.label


def _leads_to_somebody(model: type[Model], seen: set[type[Model]]) -> bool:
    """Say whether a row names a person or an institution, or is part of one that does."""
    if model in seen:
        return False
    seen.add(model)
    fields = model._meta.local_fields
    if NAMES & {field.attname for field in fields}:
        return True
    related = [field.related_model for field in fields if field.is_relation]
    return any(_is_somebody(one) or _is_private(one, seen) for one in related if one is not None)


def _is_somebody(model: type[Model]) -> bool:
    return model._meta.label in (INSTITUTION, settings.AUTH_USER_MODEL)


def _is_private(model: type[Model], seen: set[type[Model]]) -> bool:
    """Say whether what it points to is behind a wall, or should be."""
    if model._meta.label in EXEMPT or model._meta.app_label in EXEMPT_APPS:
        return False
    return any(model_of(wall) is model for wall in WALLS) or _leads_to_somebody(model, seen)


def _exists(label: str) -> bool:
    try:
        apps.get_model(label)
    except LookupError:
        return False
    return True
