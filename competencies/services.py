"""Writing a framework: whole, or not at all."""

import hashlib
from pathlib import Path
from typing import Any

from django.db import transaction

from . import selectors
from .errors import FrameworkVersionTaken
from .framework_file import read_framework
from .models import Capacity, Competency, Domain, Framework, ProficiencyLevel


def load_framework(*, path: Path) -> tuple[Framework, bool]:
    """Load the file at `path` and make it the current framework; return it and whether it was new.

    Raises DataFileError (lines and reasons; nothing written) or FrameworkVersionTaken.
    """
    data = read_framework(path).value
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with transaction.atomic():
        found = Framework.objects.filter(key=data["key"], version=data["version"]).first()
        if found is not None and found.digest != digest:
            raise FrameworkVersionTaken(f"{path}: version {data['version']} is already loaded with other content.")
        framework = found or _create(data, digest)
        _make_current(framework)
    return framework, found is None


def _make_current(framework: Framework) -> None:
    if not framework.is_current:
        Framework.objects.filter(is_current=True).update(is_current=False)
        Framework.objects.filter(pk=framework.pk).update(is_current=True)
    transaction.on_commit(selectors.forget)


def _create(data: dict[str, Any], digest: str) -> Framework:
    names = ("key", "version", "status", "title_fr", "title_en")
    framework = Framework.objects.create(
        **{name: data[name] for name in names},
        notice_fr=data.get("notice_fr", ""),
        notice_en=data.get("notice_en", ""),
        provenance=data.get("meta", {}),
        digest=digest,
    )
    ProficiencyLevel.objects.bulk_create(ProficiencyLevel(framework=framework, **level) for level in data["levels"])
    for position, domain in enumerate(data["domains"], start=1):
        _create_domain(framework, domain, position)
    return framework


def _create_domain(framework: Framework, data: dict[str, Any], position: int) -> None:
    domain = Domain.objects.create(framework=framework, hours=data["hours"], **_part(data, position))
    for rank, competency in enumerate(data["competencies"], start=1):
        row = Competency.objects.create(domain=domain, **_part(competency, rank))
        Capacity.objects.bulk_create(
            Capacity(competency=row, fact_topics=capacity.get("fact_topics", []), **_part(capacity, place))
            for place, capacity in enumerate(competency["capacities"], start=1)
        )


def _part(data: dict[str, Any], position: int) -> dict[str, Any]:
    fields = {name: data[name] for name in ("title_fr", "title_en", "source", "confidence")}
    return {**fields, "code": data["id"], "position": position}
