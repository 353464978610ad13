"""Writing what can be taken, from a file."""

from pathlib import Path
from typing import Any

from django.db import transaction

from kernel.datafile import DataFile, DataFileError

from ..models import Assessment, Blueprint
from ..offer_file import read_offers


@transaction.atomic
def load_assessments(*, path: Path) -> int:
    """Load blueprints and assessments from `path`; return how many assessments there are.

    Raises DataFileError, with nothing written, naming every line that breaks a rule, or a blueprint changed in place.
    """
    file = read_offers(path)
    blueprints = {row["key"]: _blueprint(file, index, row) for index, row in enumerate(file.value["blueprints"])}
    for row in file.value["assessments"]:
        fields = {name: row[name] for name in ("title_fr", "title_en", "purpose", "audience", "minutes")}
        defaults = {**fields, "blueprint": blueprints[row["blueprint"]], "is_focused": row.get("is_focused", False)}
        Assessment.objects.update_or_create(key=row["key"], defaults=defaults)
    return len(file.value["assessments"])


def _blueprint(file: DataFile, index: int, row: dict[str, Any]) -> Blueprint:
    fields = {name: value for name, value in row.items() if name not in ("key", "version")}
    blueprint, is_new = Blueprint.objects.get_or_create(key=row["key"], version=row["version"], defaults=fields)
    if not is_new and any(getattr(blueprint, name) != value for name, value in fields.items()):
        raise DataFileError(
            [file.at("this version is loaded with other rules: give it a new one", "blueprints", index)]
        )
    return blueprint
