"""Static files by WhiteNoise, compressed and named by their content; uploads in var/media."""

import os
from pathlib import Path

from .environment import BASE_DIR, VAR_DIR

STATIC_URL = "/static/"
# Not under SOCLE_VAR: the same files serve every database of one installation.
STATIC_ROOT = Path(os.environ.get("SOCLE_STATIC_ROOT", BASE_DIR / "var" / "static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# What was erased, by digests: it must outlive the database, so better on another disk (docs/decisions/0024).
ERASED_LIST = Path(os.environ.get("SOCLE_ERASED_LIST", VAR_DIR / "erased.jsonl"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
