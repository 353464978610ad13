"""What modules and journeys are for the rest of the platform, whatever the language and whatever happens to pages.

Progress, recommendations, attestations and programs refer to these rows, never to pages: a page deleted leaves them.
They are written in the transaction that publishes, withdraws or removes a page (lms.learning.handlers).
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.models import Identified


class Level(models.TextChoices):
    """Where a module stands: to enter a competency, or to go further."""

    ENTRY = "entry", _("pour débuter")
    FURTHER = "further", _("pour aller plus loin")


class Audience(models.TextChoices):
    """Whom a module or a journey speaks to."""

    STUDENT = "student", _("étudiants")
    PROFESSIONAL = "professional", _("professionnels")
    CITIZEN = "citizen", _("citoyens")
    AMBASSADOR = "ambassador", _("ambassadeurs")


class Entry(Identified):
    """What a module and a journey share. `uuid` is the pages' translation key, `key` their slug."""

    key = models.SlugField(max_length=100, unique=True)
    titles = models.JSONField(default=dict)  # by language; kept when a page goes, so that progress can name it
    summaries = models.JSONField(default=dict)
    languages = models.JSONField(default=list)  # whose pages are published now, French first
    is_published = models.BooleanField(default=False)  # in French; another language alone publishes nothing
    file_digest = models.CharField(max_length=64, blank=True)  # of the file it came from
    is_edited = models.BooleanField(default=False)  # published from /cms/ since it was loaded
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.key

    def title(self, language: str) -> str:
        """Return the title in `language`, else in French."""
        return str(self.titles.get(language) or self.titles.get("fr") or self.key)

    def summary(self, language: str) -> str:
        """Return the summary in `language`, else in French."""
        return str(self.summaries.get(language) or self.summaries.get("fr") or "")


class Module(Entry):
    """A module: `steps` are those of the French page, [{"key", "minutes"}]; `item_keys` what it embeds of the bank."""

    competencies = models.JSONField(default=list)  # codes, the first is the main one
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.ENTRY)
    audiences = models.JSONField(default=list)
    professions = models.JSONField(default=list)  # empty: everybody
    minutes = models.PositiveSmallIntegerField(default=0)
    mark = models.PositiveSmallIntegerField(default=60)  # % of the points of the final check
    steps = models.JSONField(default=list)
    item_keys = models.JSONField(default=list)
    review_by = models.DateField(null=True)

    class Meta(Entry.Meta):
        indexes: ClassVar = [models.Index(fields=["is_published", "key"], name="modules_published")]

    @property
    def step_keys(self) -> list[str]:
        """The keys of its steps, in order."""
        return [step["key"] for step in self.steps]


class Journey(Entry):
    """A journey: `parts` in order, [{"key", "titles", "modules", "reserved", "hours"}] (lms.learning.ways)."""

    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.STUDENT)
    professions = models.JSONField(default=list)
    competencies = models.JSONField(default=list)
    parts = models.JSONField(default=list)

    class Meta(Entry.Meta):
        pass

    @property
    def module_keys(self) -> list[str]:
        """The keys of its modules, in order, each once: those of everybody."""
        found: dict[str, Any] = dict.fromkeys(key for part in self.parts for key in part["modules"])
        return list(found)

    @property
    def every_key(self) -> list[str]:
        """The keys of its modules, those reserved to some professions too."""
        reserved = (key for part in self.parts for key in part.get("reserved", ()))
        return list(dict.fromkeys((*self.module_keys, *reserved)))
