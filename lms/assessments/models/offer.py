"""What can be taken: assessments, and the blueprint each follows."""

from django.db import models


class Purpose(models.TextChoices):
    """Why an attempt is made; it decides when feedback comes and who may see what."""

    PLACEMENT = "placement"
    TRAINING = "training"
    REVIEW = "review"
    SELF_ASSESSMENT = "self_assessment"
    WORKSHOP = "workshop"
    CERTIFICATION = "certification"


class Audience(models.TextChoices):
    STUDENT = "student"
    PROFESSIONAL = "professional"
    CITIZEN = "citizen"


class Blueprint(models.Model):
    """How an attempt is composed and when it stops; a version is never changed."""

    key = models.SlugField()
    version = models.PositiveSmallIntegerField(default=1)
    length_min = models.PositiveSmallIntegerField()
    length_max = models.PositiveSmallIntegerField()
    standard_error_target = models.FloatField(help_text="overall, on the theta scale")
    domain_minimum = models.PositiveSmallIntegerField(default=0, help_text="items of each domain, at least")
    competency_minimum = models.PositiveSmallIntegerField(default=0, help_text="items of each competency, at least")
    competency_maximum = models.PositiveSmallIntegerField(
        default=0, help_text="items of one competency, at most; 0: no limit"
    )
    exposure_limit = models.FloatField(default=0.25, help_text="share of attempts that may meet one item")
    time_limit = models.DurationField(null=True, blank=True)

    class Meta:
        ordering = ["key", "version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_blueprint_per_version")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Assessment(models.Model):
    """Something a person can take, under an address that does not change."""

    key = models.SlugField(unique=True)
    title_fr = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="assessments")
    minutes = models.PositiveSmallIntegerField(help_text="how long it takes, about")
    is_open = models.BooleanField(default=True)
    is_focused = models.BooleanField(default=False, help_text="begun from elsewhere, about a few competencies only")

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    def title(self, language: str) -> str:
        """Return the title in `language`."""
        return self.title_en if language == "en" else self.title_fr
