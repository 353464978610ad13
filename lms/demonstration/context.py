"""What the Visite strip needs, on the home page of a demonstration."""

from typing import Any

from django.http import HttpRequest

from .roles import VISITORS


def visit(request: HttpRequest) -> dict[str, Any]:
    """Give the home page the roles one can enter as."""
    if request.path not in ("/", "/en/"):
        return {}
    return {"visit_roles": [{"key": visitor.key, "label": visitor.label} for visitor in VISITORS]}
