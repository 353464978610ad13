"""People of /cms/, one per role, and a small bank loaded from files."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from lms.accounts.api import User
from question_bank import api
from question_bank.authoring import roles
from question_bank.authoring.models import ItemDraft
from tests.question_bank.samples import english, item, write


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    """Two authors, two reviewers, a reader, somebody who is author and reviewer, a superuser, and nobody."""
    roles.prepare_authoring()
    groups = {
        "ines": [roles.AUTHORS],
        "jean": [roles.AUTHORS],
        "hugo": [roles.REVIEWERS],
        "rita": [roles.REVIEWERS],
        "lea": [roles.READERS],
        "both": [roles.AUTHORS, roles.REVIEWERS],
        "nobody": [],
    }
    found = {name: User.objects.create_user(f"{name}@demo.example", None, first_name=name.title()) for name in groups}
    for name, names in groups.items():
        found[name].groups.set(Group.objects.filter(name__in=names).order_by("pk"))
    found["root"] = User.objects.create_superuser("root@demo.example", None)
    return found


@pytest.fixture
def enter(people: dict[str, Any], client: Client) -> Callable[[str], Client]:
    """Sign in as somebody."""

    def sign_in(name: str) -> Client:
        client.force_login(people[name])
        return client

    return sign_in


@pytest.fixture
def loaded(tmp_path: Path, db: None, now: datetime) -> Path:
    """Two published items, one of them also in English, and a draft, from files."""
    api.forget()
    folder = write(
        tmp_path, english(item(key="item-one")), item("order", "item-two"), item(key="item-new", status="draft")
    )
    api.load_items(now=now, path=folder)
    return folder


@pytest.fixture
def one(loaded: Path) -> ItemDraft:
    """The draft of a published item."""
    found: ItemDraft = ItemDraft.objects.get(key="item-one")
    return found
