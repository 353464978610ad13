"""How long each kind of row is kept, and on what ground: the table the code obeys."""

from django.db import models

from .base import Dated


class Retention(Dated):
    """`kind` is kept `days` days, because of `basis`."""

    kind = models.CharField(max_length=60, unique=True)
    days = models.PositiveIntegerField()
    basis = models.TextField()
    basis_en = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return f"{self.kind}: {self.days} d"
