"""The themes app."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """Templates, static files, pictures, and the looks of universities."""

    name = "themes"
    verbose_name = "Themes"
