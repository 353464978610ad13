"""Background work: rows are the truth, Celery only carries the news (docs/architecture.md)."""

import os

from .environment import VAR_DIR

CELERY_BROKER_URL = os.environ.get("SOCLE_BROKER_URL", "filesystem://")
if CELERY_BROKER_URL.startswith("filesystem"):
    for _folder in ("messages", "control"):
        (VAR_DIR / "broker" / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker" / "messages"),
        "data_folder_out": str(VAR_DIR / "broker" / "messages"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_POOL = "threads"
CELERY_WORKER_CONCURRENCY = 2
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "broker" / "beat")
CELERY_BEAT_SCHEDULE = {
    "outbox": {"task": "kernel.tasks.dispatch_outbox", "schedule": 2.0},
    "mail": {"task": "kernel.tasks.send_mail", "schedule": 5.0},
    "jobs": {"task": "kernel.tasks.sweep_jobs", "schedule": 30.0},
    "attempts": {"task": "lms.assessments.tasks.sweep_attempts", "schedule": 60.0},
    "erasures": {"task": "kernel.tasks.list_erasures", "schedule": 20.0},
    "purge": {"task": "kernel.tasks.purge", "schedule": 3600.0},
    "ended_items": {"task": "question_bank.tasks.leave_out_ended_items", "schedule": 3600.0},
    "reminders": {"task": "lms.learning.tasks.remind_reviews", "schedule": 900.0},
    "ends": {"task": "lms.prescribing.tasks.remind_of_ends", "schedule": 1800.0},
    "pages": {"task": "lms.learning.tasks.publish_scheduled", "schedule": 60.0},
    "rollups": {"task": "lms.dashboards.tasks.fold_rollups", "schedule": 20.0},
    "snapshots": {"task": "lms.dashboards.tasks.ask_for_snapshot", "schedule": 3600.0},
    "inactivity": {"task": "lms.accounts.tasks.end_inactive_accounts", "schedule": 3600.0},
    "erasure": {"task": "lms.assessments.tasks.erase_due_attempts", "schedule": 3600.0},
}
# Shared by all processes (the limits on failed sign-ins count there); the path of an answer never reads it.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["SOCLE_CACHE_URL"]}
    if os.environ.get("SOCLE_CACHE_URL")
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}
}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("SOCLE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SOCLE_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SOCLE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SOCLE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = bool(os.environ.get("SOCLE_SMTP_TLS"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("SOCLE_FROM_EMAIL", "Socle <ne-pas-repondre@socle.example>")
