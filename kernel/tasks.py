"""What Celery runs: each task only reads the clock and the rows, so a lost or doubled message changes nothing."""

import threading

from celery import shared_task

from . import clock, erasures, events, jobs, mail, retention

_dispatching = threading.Lock()


@shared_task(name="kernel.tasks.dispatch_outbox")
def dispatch_outbox() -> int:
    """Tell the listeners what happened.

    Once at a time in a process: a second thread would ask for what the first one holds, again and again.
    """
    if not _dispatching.acquire(blocking=False):
        return 0
    try:
        return events.dispatch(now=clock.now())
    finally:
        _dispatching.release()


@shared_task(name="kernel.tasks.run_job")
def run_job(pk: int) -> bool:
    """Run one job, if nobody has."""
    return jobs.run(pk, now=clock.now())


@shared_task(name="kernel.tasks.sweep_jobs")
def sweep_jobs() -> int:
    """Pick up the jobs that a dead worker or a lost message left behind."""
    return jobs.sweep(now=clock.now())


@shared_task(name="kernel.tasks.send_mail")
def send_mail() -> int:
    """Send the e-mails that are due."""
    return mail.send_due(now=clock.now())


@shared_task(name="kernel.tasks.purge")
def purge() -> dict[str, int]:
    """Remove what has been kept long enough."""
    return retention.purge(now=clock.now())


@shared_task(name="kernel.tasks.list_erasures")
def list_erasures() -> int:
    """Write what was erased in the list that outlives the database."""
    return erasures.write_list()
