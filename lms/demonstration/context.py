"""What the Visite strip needs, on the home page of a demonstration."""

from typing import Any

from django.http import HttpRequest

from .looks import doors
from .roles import VISITORS


def visit(request: HttpRequest) -> dict[str, Any]:
    """Give the home page the roles one can enter as, and the universities whose face one can see."""
    if request.path not in ("/", "/en/"):
        return {}
    roles = [{"key": visitor.key, "label": visitor.label} for visitor in VISITORS]
    return {"visit_roles": roles, "visit_houses": doors(request.get_host())}
