"""The one Celery application: kernel's tasks do all the work, from rows (docs/architecture.md)."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.db import connection
from kombu.transport import TRANSPORT_ALIASES

from kernel import actors

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.dev")
TRANSPORT_ALIASES["filesystem"] = "kernel.broker:Transport"
app = Celery("socle")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def work_for_all(**kwargs: Any) -> None:
    """Let the worker touch everybody's rows: that is what it is for (docs/row-security.md)."""
    actors.work()


@worker_init.connect
def give_way(**kwargs: Any) -> None:
    """Let answers pass first on a machine that serves them too: what follows from them can wait a moment.

    The worker takes the time that nobody else wants: lower priorities of the usual class took a quarter of a processor
    from answers. Not on SQLite, whose one writer must never be held by a process that waits for its turn; nor where the
    system has no such class.
    """
    if connection.vendor == "postgresql" and hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
