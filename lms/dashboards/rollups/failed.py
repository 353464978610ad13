"""Counts of cohorts that failed for good, until a later count has done their work: pages say so meanwhile."""

from collections.abc import Collection

from kernel.models import Job

REFRESH = "dashboards.refresh_cohorts"


def failed() -> list[int]:
    """Return the ids of the counts that failed: asked before counting again, which makes good for these alone."""
    rows = Job.objects.filter(kind=REFRESH, state=Job.State.FAILED).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def make_good(jobs: Collection[int], *, cohorts: Collection[int] | None = None) -> int:
    """Take cohorts that were counted since (None: all) out of what failed; return how many have nothing left.

    The error stays in the row, for whoever looks for its cause.
    """
    done = 0
    for job in Job.objects.filter(pk__in=jobs, state=Job.State.FAILED).order_by("pk"):
        left = [] if cohorts is None else [one for one in job.payload["cohorts"] if one not in set(cohorts)]
        job.payload, job.state = {"cohorts": left}, Job.State.FAILED if left else Job.State.DONE
        job.save(update_fields=["payload", "state"])
        done += not left
    return done
