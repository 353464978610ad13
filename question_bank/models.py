"""The bank as rows. An item changes; its versions and the releases of the bank never do."""

import hashlib
import json
from typing import Any, ClassVar, NoReturn
from uuid import uuid4

from django.db import models

from .errors import ItemVersionIsImmutable


class OrderedJSON(models.TextField):  # type: ignore[type-arg]
    """JSON kept as text, so that the order of the author's fields survives (jsonb sorts them)."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *args: Any) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)


def digest_of(value: Any) -> str:
    """Return the SHA-256 of a JSON value, whatever the order of its fields."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class Status(models.TextChoices):
    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    PUBLISHED = "published"
    UNDER_REVISION = "under_revision"
    RETIRED = "retired"


class Item(models.Model):
    """A situation of the bank: where it belongs and how it stands; what it says is in its current version."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=100, unique=True)
    competency = models.CharField(max_length=20)
    capacity = models.CharField(max_length=20)
    cluster = models.CharField(max_length=60, blank=True)  # empty: the capacity
    audiences = models.JSONField(default=list)
    professions = models.JSONField(default=list)
    enemies = models.JSONField(default=list)
    difficulty = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    current_version = models.OneToOneField("ItemVersion", models.PROTECT, null=True, related_name="+")
    file_digest = models.CharField(max_length=64, blank=True)  # of the file it came from
    is_edited = models.BooleanField(default=False)  # in /cms/, since it was loaded
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]
        indexes = [models.Index(fields=["status", "competency"], name="items_by_status")]
        constraints = [
            models.CheckConstraint(condition=models.Q(difficulty__range=(1, 4)), name="item_difficulty_is_1_to_4"),
        ]

    def __str__(self) -> str:
        return self.key


class WrittenOnce(models.QuerySet[Any]):
    """Rows that are added and read; neither changed nor removed."""

    def update(self, **values: Any) -> NoReturn:
        raise ItemVersionIsImmutable(f"{self.model.__name__} rows are written once.")

    def delete(self) -> NoReturn:
        raise ItemVersionIsImmutable(f"{self.model.__name__} rows are written once.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ItemVersionIsImmutable(f"{self.model.__name__} rows are written once.")


class ItemVersion(models.Model):
    """What an item says, in every language, with its answer and its source. Written once."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = OrderedJSON()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # last day the rule holds; afterwards no new release serves it
    review_by = models.DateField()
    created_at = models.DateTimeField()

    objects = WrittenOnce.as_manager()

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the version, once. Raises ItemVersionIsImmutable afterwards."""
        if not self._state.adding:
            raise ItemVersionIsImmutable(f"{self} is already written; make a new version.")
        super().save(*args, **kwargs)


class CalibrationState(models.TextChoices):
    """How the parameters are known: from the expected difficulty, from too few answers, from enough of them."""

    EXPECTED = "expected"
    PRETEST = "pretest"
    CALIBRATED = "calibrated"


class Measured(models.Model):
    """The parameters of an item: discrimination a, difficulty b, guessing c; of a graded one, its thresholds too."""

    discrimination = models.FloatField()
    difficulty = models.FloatField()
    guessing = models.FloatField()
    thresholds = models.JSONField(default=list, help_text="of a graded item: ascending, in logits; else empty")
    state = models.CharField(max_length=12, choices=CalibrationState.choices, default=CalibrationState.EXPECTED)

    class Meta:
        abstract = True


class BankRelease(models.Model):
    """The bank as it was put into use: frozen, and what every attempt points at."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(unique=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    is_current = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_release"
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.number}"


class ItemCalibration(Measured):
    """The parameters of one version, standard or in plain language (the same item, its own calibration)."""

    VARIANTS: ClassVar = [("standard", "standard"), ("plain", "plain")]

    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="calibrations")
    variant = models.CharField(max_length=10, choices=VARIANTS, default="standard")
    standard_error_b = models.FloatField(null=True)
    responses = models.PositiveIntegerField(default=0)
    release = models.ForeignKey(
        BankRelease, models.PROTECT, null=True, related_name="calibrations"
    )  # that brought them into use

    class Meta:
        ordering = ["item_version", "variant"]
        constraints = [models.UniqueConstraint(fields=["item_version", "variant"], name="one_calibration_per_variant")]

    def __str__(self) -> str:
        return f"{self.item_version_id} {self.variant}: a={self.discrimination} b={self.difficulty} c={self.guessing}"


class ReleaseItem(Measured):
    """An item in a release: its version, its parameters and what selection needs of it, as they were that day."""

    release = models.ForeignKey(BankRelease, models.PROTECT, related_name="items")
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    facets = (
        models.JSONField()
    )  # key, competency, capacity, cluster, audiences, professions, locales, interaction, enemies

    objects = WrittenOnce.as_manager()

    class Meta:
        ordering = ["release", "position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="one_item_per_position"),
            models.UniqueConstraint(fields=["release", "item_version"], name="once_per_release"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.position}"


class ItemExposure(models.Model):
    """How often an item was served, out of how many finished attempts that could have drawn it, and its price now."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="exposure")
    served = models.BigIntegerField(default=0)
    finished = models.BigIntegerField(default=0)
    price = models.FloatField(default=0.0)

    class Meta:
        ordering = ["item"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.served}/{self.finished}"


class ReportStatus(models.TextChoices):
    NEW = "new"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    FIXED = "fixed"


class ItemReport(models.Model):
    """“Signaler une erreur”: what somebody says is wrong with an item. Who said it is optional and can be forgotten."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="reports")
    attempt = models.UUIDField(null=True)
    reporter_id = models.BigIntegerField(null=True)  # an account; people live above the bank
    text = models.TextField()
    status = models.CharField(max_length=10, choices=ReportStatus.choices, default=ReportStatus.NEW)
    created_at = models.DateTimeField()
    reply = models.TextField(blank=True, help_text="what the reporter is told")
    handled_at = models.DateTimeField(null=True)
    handled_by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "created_at"], name="reports_by_status"),
            models.Index(fields=["attempt"], name="reports_of_attempt"),
            models.Index(fields=["reporter_id"], name="reports_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.item_version_id}: {self.text[:40]}"


from .authoring.models import ItemDraft, Remark, SecondReading  # noqa: E402, F401 - Django finds models here
from .statistics.models import CountedAttempt, ItemStatistic, SimulationRun  # noqa: E402, F401 - Django finds models here
