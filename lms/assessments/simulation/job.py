"""The simulation as a job: asked for in /cms/, run by the worker, never in a request."""

from kernel import jobs
from kernel.models import Job
from question_bank import api as bank

from .. import selectors
from .running import SEED, USUAL, simulate

KIND = "assessments.simulate_bank"
OPEN = (Job.State.QUEUED, Job.State.RUNNING)


@jobs.job(KIND)
def run(job: Job) -> None:
    """Simulate and keep the result; again after a dead worker, with the same people and the same result."""
    offer = selectors.open_assessment(job.payload["assessment"])
    result = simulate(
        offer=offer,
        people=job.payload.get("people", USUAL),
        seed=job.payload.get("seed", SEED),
        tell=lambda percent: jobs.report_progress(job, min(percent, 99)),
    )
    bank.keep_simulation(result=result, at=job.created_at)


def ask(*, assessment: str, owner_id: int) -> Job:
    """Ask for a simulation of an assessment; return its job, or the one that already waits."""
    return waiting(assessment) or jobs.enqueue(KIND, {"assessment": assessment}, owner=owner_id)


def waiting(assessment: str) -> Job | None:
    """Return the job of an assessment that has not ended, if there is one."""
    return Job.objects.filter(kind=KIND, state__in=OPEN, payload__assessment=assessment).order_by("pk").first()


def last(assessment: str) -> Job | None:
    """Return the last job of an assessment, whatever became of it."""
    return Job.objects.filter(kind=KIND, payload__assessment=assessment).order_by("-pk").first()
