"""What a process reads before its first answer, so that nobody waits while it does."""

import logging

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connections
from django.template.loader import get_template

from competencies import api as competencies
from question_bank import api as bank
from question_bank.errors import NoRelease

from . import delivery, selectors
from .models import Wording

logger = logging.getLogger(__name__)
PAGES = ("question", "feedback", "profile", "start", "explanation", "picture")
WORDINGS = ("fr", "en", Wording.PLAIN.value)


def get_ready() -> None:
    """Read the current release with its items, and compile the pages of a sitting.

    A house without a bank or a database starts all the same: each answer then reads what it needs.
    """
    try:
        _read()
    except (DatabaseError, ObjectDoesNotExist, NoRelease):
        logger.warning("nothing read in advance", exc_info=True)
    finally:
        connections.close_all()


def _read() -> None:
    release = bank.release(bank.current_release_id())
    bank.read_contents(release)
    framework_id = competencies.current_framework_id()
    for offer in selectors.open_assessments():
        for wording in WORDINGS:
            delivery.prepare(release.id, framework_id, offer, wording)
    for name in (*PAGES, *{f"interactions/{entry.interaction}" for entry in release.entries}):
        get_template(f"assessments/{name}.html")
