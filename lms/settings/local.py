"""What every machine that is not production shares: plain HTTP, a known secret, files in var/."""

import os

os.environ.setdefault("SOCLE_SECRET_KEY", "not-a-secret: development, demonstration and tests only, never production")

from .base import *
from .parts.environment import VAR_DIR

ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
# The Visite strip enters in one click; the pages of the second factor are there for whoever wants to try.
SECOND_FACTOR_FOR_STAFF = False
CSRF_COOKIE_SECURE = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mail")

# The demonstration (Visite strip, seeded people) is installed on every machine that is not production.
INSTALLED_APPS = [*INSTALLED_APPS, "lms.demonstration"]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("lms.demonstration.context.visit")  # type: ignore[index]
