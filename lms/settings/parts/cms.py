"""Wagtail under /cms/, in our colours, with nothing fetched from elsewhere."""

import os

WAGTAIL_SITE_NAME = "Socle"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAILADMIN_BASE_URL = os.environ.get("SOCLE_BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "kernel.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "kernel.Document"
# What modules give to take away, to see and to hear: no page, no program.
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "csv", "txt", "zip", "mp4", "webm", "mp3", "m4a", "ogg", "opus",
]  # fmt: skip
# A slug made of a title in French is plain letters: it is a key, in addresses of ours that take no others.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# A new page saved by itself while its author presses “save” becomes two drafts; half a second after the last word,
# Wagtail's own delay, is just when one presses it.
WAGTAIL_AUTOSAVE_INTERVAL = 5000  # milliseconds
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# A translation begins as a draft: published at once, it would be the French words, read by nobody, under /en/.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
TAGGIT_CASE_INSENSITIVE = True
# Every e-mail of ours is a row, then sent by the worker (kernel.mail): Wagtail's own would leave within the request.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
