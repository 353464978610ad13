"""Production. Everything here is strict; the other settings only loosen it."""

import os

from .parts.accounts import *
from .parts.apps import *
from .parts.cms import *
from .parts.database import *
from .parts.environment import required, words
from .parts.files import *
from .parts.i18n import *
from .parts.logs import *
from .parts.security import *
from .parts.work import *

SECRET_KEY = required("SOCLE_SECRET_KEY", "a long random text that signs sessions and links")
SECRET_KEY_FALLBACKS = words("SOCLE_FORMER_SECRET_KEYS")  # what they signed or encrypted is still read
ALLOWED_HOSTS = words("SOCLE_HOSTS")
DEBUG = False
DEMO = False
CSRF_TRUSTED_ORIGINS = words("SOCLE_TRUSTED_ORIGINS")
# Who answers for this installation, and where its source is (the licence asks to offer it): on the legal page.
PUBLISHER = os.environ.get("SOCLE_PUBLISHER", "")
# Its registration as a training organisation (“déclaration d’activité”): attestations say it when it is set.
TRAINING_REGISTRATION = os.environ.get("SOCLE_TRAINING_REGISTRATION", "")
CONTACT = os.environ.get("SOCLE_CONTACT", "")
# The law asks for these too; a page that lacks one says so.
DIRECTOR = os.environ.get("SOCLE_DIRECTOR", "")
HOSTING = os.environ.get("SOCLE_HOSTING", "")
DPO = os.environ.get("SOCLE_DPO", "")
SOURCE_URL = os.environ.get("SOCLE_SOURCE_URL", "")
