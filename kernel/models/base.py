"""What rows have in common: a bigint inside (DEFAULT_AUTO_FIELD), a uuid for systems, two dates."""

from uuid import uuid4

from django.db import models

from kernel import clock


class Identified(models.Model):
    """A row other systems may name."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Dated(models.Model):
    """A row that knows when it was made (a time passed in wins over the default) and last saved."""

    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
