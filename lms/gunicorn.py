"""How the pages are served: `gunicorn lms.wsgi --config lms/gunicorn.py`. The numbers come from `./bench answers`."""

import gc
import multiprocessing
from typing import Any

worker_class = "gthread"
workers = max(2, multiprocessing.cpu_count())
threads = 2  # one waits for the database or draws a PDF while the other works; more only pass the interpreter around
keepalive = 75  # a reverse proxy keeps its connections; without one, a reader's next item comes on the same
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Read what every answer needs, then keep it out of garbage collections: it never becomes garbage."""
    from lms.assessments.api import get_ready  # Django is set up by now, not when this file is read

    get_ready()
    gc.collect()
    gc.freeze()
