"""The front door of learning."""

from .services import create_home_pages

__all__ = ["create_home_pages"]
