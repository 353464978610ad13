"""People of /cms/ with exactly the rights of each role, and a small bank."""

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client

from lms.accounts.api import User
from question_bank import api
from question_bank.authoring.roles import AUTHORS, READERS, REVIEWERS, prepare_authoring
from question_bank.types import Release
from tests.question_bank.samples import KINDS, english, item, write

GROUPS = {"author": AUTHORS, "reviewer": REVIEWERS, "reader": READERS}


@pytest.fixture
def bank(db: None, tmp_path: Path, now: datetime) -> Release:
    """One published item of each interaction."""
    from django.core.management import call_command

    call_command("load_framework", verbosity=0)
    api.forget()
    api.load_items(now=now, path=write(tmp_path, *(english(item(kind, key=kind.replace("_", "-"))) for kind in KINDS)))
    return api.release(api.current_release_id())


@pytest.fixture
def roles(db: None) -> None:
    """The groups and their rights."""
    prepare_authoring()


@pytest.fixture
def sign_in(roles: None):
    """Sign in as a role of /cms/, or as somebody who has none."""

    def sign_in(role: str) -> Client:
        user = User.objects.create_user(f"{role}@demo.example", "x")
        if role in GROUPS:
            user.groups.add(Group.objects.get(name=GROUPS[role]))
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in
