"""What the web process writes on its standard error: each request that failed, without whom it was for."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_address": {"()": "kernel.logs.WithoutAddress"}},
    "formatters": {
        "without_values": {"()": "kernel.logs.WithoutValues", "format": "%(asctime)s %(levelname)s %(message)s"}
    },
    "handlers": {
        "failures": {
            "class": "logging.StreamHandler",
            "filters": ["without_address"],
            "formatter": "without_values",
        }
    },
    "loggers": {"django.request": {"handlers": ["failures"], "level": "ERROR", "propagate": False}},
}
