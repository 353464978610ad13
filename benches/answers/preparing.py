"""Inside Django: load what a sitting needs and sign people in. ``python -m benches.answers.preparing PEOPLE``."""

from __future__ import annotations

import json
import sys

import django

LOADERS = ("load_retention", "load_framework", "load_items", "load_assessments")


def main() -> None:
    """Prepare the migrated database of SOCLE_DATABASE_URL and print the session keys of PEOPLE people."""
    django.setup()
    from django.core.management import call_command

    for name in LOADERS:
        call_command(name, stdout=sys.stderr)
    json.dump(_signed_in(int(sys.argv[1])), sys.stdout)


def _signed_in(people: int) -> list[str]:
    from django.contrib.auth import get_user_model
    from django.db import transaction

    user_model = get_user_model()
    with transaction.atomic():
        return [_session(user_model.objects.create_user(f"bench-{n}@example.org", None)) for n in range(people)]


def _session(user: object) -> str:
    """Return the key of a session such as signing in makes one."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from lms.accounts.sessions import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)  # type: ignore[attr-defined]
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()  # type: ignore[attr-defined]
    store.save()
    return str(store.session_key)


if __name__ == "__main__":
    main()
