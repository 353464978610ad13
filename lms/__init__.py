"""The rooms of the platform that people visit; the celery application loads with it."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
