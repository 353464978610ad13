"""/cms/ is our house: Wagtail’s own news are kept out of its help."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from lms.accounts.models import User


@pytest.mark.django_db
def test_the_help_of_authors_is_ours(client: Client) -> None:
    author = User.objects.create_user(email="ines@example.org", password=None)
    group = Group.objects.create(name="authors of a test")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    author.groups.add(group)
    client.force_login(author)
    page = client.get("/cms/").content.decode()
    assert "keyboard-shortcuts" in page
    assert "new-in-wagtail" not in page
