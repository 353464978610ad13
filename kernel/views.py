"""Is the house standing?"""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import clock
from .middleware import AWAY
from .models import OutboxEvent

LONGEST_LAG = 300


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and events are being dispatched, else 503."""
    try:
        lag = outbox_lag(now=clock.now())
    except AWAY:
        return JsonResponse({"status": "down", "database": "away"}, status=503, headers={"Retry-After": "5"})
    is_late = lag > LONGEST_LAG
    body = {"status": "late" if is_late else "ok", "database": "ok", "outbox_lag_seconds": lag}
    return JsonResponse(body, status=503 if is_late else 200)


def outbox_lag(*, now: datetime) -> int:
    """Return the age, in seconds, of the oldest event that nobody has dispatched yet."""
    oldest = OutboxEvent.objects.filter(dispatched_at=None).order_by("id").values_list("at", flat=True).first()
    return max(0, int((now - oldest).total_seconds())) if oldest else 0
