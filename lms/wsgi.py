"""WSGI entry point (gunicorn lms.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.base")
os.environ.setdefault("SOCLE_SQLITE_PATIENCE", "5")  # a person waits (lms/settings/parts/database.py)
application = get_wsgi_application()
