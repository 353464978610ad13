"""The one Celery application: kernel's tasks do all the work, from rows (docs/architecture.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
app = Celery("socle")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
