"""The mutant of test_crash: an application that acknowledges an answer before its transaction commits."""

import sys
import threading
import time
from typing import Any

from lms.wsgi import application

from django.core.signals import request_finished  # isort: skip
from django.db import connection, transaction  # isort: skip

from lms.assessments import rest  # isort: skip

__all__ = ["application"]
LATE = 0.05  # seconds between the acknowledgement and the commit
_pending = threading.local()
_submit = rest.submit_response


def submit_early(**arguments: Any) -> Any:
    """Record the answer in a transaction that stays open."""
    block = transaction.atomic()
    block.__enter__()
    try:
        step = _submit(**arguments)
    except BaseException:
        block.__exit__(*sys.exc_info())
        raise
    _pending.block = block
    return step


def commit_late(**_: Any) -> None:
    """Commit once the response is sent: gunicorn closes it after its last byte."""
    block = _pending.__dict__.pop("block", None)
    if block is not None:
        time.sleep(LATE)
        block.__exit__(None, None, None)
        connection.close()


rest.submit_response = submit_early
request_finished.connect(commit_late)
