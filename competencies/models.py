"""The framework as rows. A version is never changed: replacing it is loading another file, and attempts keep theirs."""

from django.db import models


class Provenance(models.TextChoices):
    """How sure we are that the words are those of the official text."""

    OFFICIAL_WORDING = "official_wording"
    RECALLED_UNVERIFIED = "recalled_unverified"
    ATTESTED_PARAPHRASE = "attested_paraphrase"
    PROPOSED = "proposed"


class Framework(models.Model):
    """One version of a framework, with where it comes from and what its screen must say about it."""

    key = models.SlugField()
    version = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=[("working", "working"), ("official", "official")])
    title_fr = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    notice_fr = models.TextField(blank=True)
    notice_en = models.TextField(blank=True)
    provenance = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    is_current = models.BooleanField(default=False)

    class Meta:
        ordering = ["key", "version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_framework_per_version"),
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_framework"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Part(models.Model):
    """What a domain, a competency and a capacity share."""

    code = models.CharField(max_length=20)
    title_fr = models.CharField(max_length=250)
    title_en = models.CharField(max_length=250)
    source = models.TextField()
    confidence = models.CharField(max_length=24, choices=Provenance.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {self.title_fr}"


class Domain(Part):
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="domains")
    hours = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="one_domain_per_code")]


class Competency(Part):
    domain = models.ForeignKey(Domain, models.CASCADE, related_name="competencies")

    class Meta(Part.Meta):
        verbose_name_plural = "competencies"
        constraints = [models.UniqueConstraint(fields=["domain", "code"], name="one_competency_per_code")]


class Capacity(Part):
    competency = models.ForeignKey(Competency, models.CASCADE, related_name="capacities")
    fact_topics = models.JSONField(default=list)

    class Meta(Part.Meta):
        verbose_name_plural = "capacities"
        constraints = [models.UniqueConstraint(fields=["competency", "code"], name="one_capacity_per_code")]


class ProficiencyLevel(models.Model):
    """A named stretch of the reported scale; it begins at its cut score (0 to 1000)."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="levels")
    key = models.SlugField()
    cut_score = models.PositiveSmallIntegerField()
    title_fr = models.CharField(max_length=60)
    title_en = models.CharField(max_length=60)
    text_fr = models.TextField()
    text_en = models.TextField()

    class Meta:
        ordering = ["cut_score"]
        constraints = [models.UniqueConstraint(fields=["framework", "key"], name="one_level_per_key")]

    def __str__(self) -> str:
        return f"{self.key} ({self.cut_score})"
