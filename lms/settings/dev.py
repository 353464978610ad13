"""For whoever changes Socle: errors on the page, static files as they are in the tree."""

from .local import *

DEBUG = True
DEMO = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
