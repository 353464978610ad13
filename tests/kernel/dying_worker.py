"""A worker that dies after a handler's work and before its delivery is deleted: python -m tests.kernel.dying_worker.

With the argument `mutant` it works without a transaction, as the outbox must not.
"""

import os
import sys

import django

django.setup()

from kernel import clock  # noqa: E402
from kernel.events import delivery, dispatch, listen  # noqa: E402
from kernel.mail import queue_mail  # noqa: E402
from kernel.models import Delivery  # noqa: E402
from tests.kernel.conftest import LampLit  # noqa: E402

# Listeners are named by their path, and the test's process must find this one under the same name.
NAME = "tests.kernel.dying_worker.write_once"


def write_once(event: LampLit) -> None:
    """Leave a row as the trace of having worked."""
    queue_mail(to="once@example.org", subject=event.name, text="")


def main() -> None:
    """Dispatch, and die at the worst moment."""
    write_once.__module__ = "tests.kernel.dying_worker"
    listen(LampLit)(write_once)
    delivery._delete = lambda pks: os._exit(9)
    if "mutant" in sys.argv:
        delivery._handle = delivery._handle.__wrapped__
        delivery._claim = lambda pks, *, now: list(Delivery.objects.select_related("event").filter(pk__in=pks))
    dispatch(now=clock.now())


if __name__ == "__main__":
    main()
