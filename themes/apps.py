"""The themes app."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """Templates, static files and pictures; no model."""

    name = "themes"
    verbose_name = "Themes"
