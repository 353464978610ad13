"""A StreamField whose blocks stay out of migrations: changing a block is not changing a column."""

from typing import Any

from django.db import models
from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):  # type: ignore[misc]
    """Wagtail's StreamField, without its blocks in deconstruct()."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the column alone."""
        name, path, _, kwargs = models.Field.deconstruct(self)
        return name, path, [[]], dict(kwargs)
