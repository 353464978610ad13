"""The models and their migrations say the same thing."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.django_db
def test_what_wagtail_s_migrations_wrote_is_there():
    from wagtail.models import Locale, Page, Site

    assert Page.objects.exists()
    assert Locale.objects.exists()
    assert Site.objects.exists()
