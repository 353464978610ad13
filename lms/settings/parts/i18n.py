"""French is the source language of the screen and the default; English lives under /en/ (docs/decisions/0004)."""

from .environment import BASE_DIR

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "themes" / "locale", BASE_DIR / "themes" / "cms_words"]
FORMAT_MODULE_PATH = "themes.formats"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
