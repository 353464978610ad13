"""What searching and the glossary read: the words of published modules, page by page, and the terms they explain.

Written in the transaction that publishes a page (lms.learning.handlers); `manage.py index_modules` writes them again.
"""

from typing import ClassVar

from django.db import models

from .entry import Module


class SearchEntry(models.Model):
    """One page of a published module in one language: its cover (`step` empty) or a step.

    `words` and `title_words` are normalised (lms.learning.catalogue.normalising), a space before and after each word.
    """

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="search_entries")
    language = models.CharField(max_length=10)
    step = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=255)
    text = models.TextField()  # as it is read, to show what was found
    words = models.TextField()
    title_words = models.TextField()

    class Meta:
        ordering: ClassVar = ["module", "language", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["module", "language", "step"], name="one_search_entry_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.module_id} {self.language} {self.step}"


class TermEntry(models.Model):
    """A word that a step of a published module explains; `definition` is limited rich text."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="term_entries")
    language = models.CharField(max_length=10)
    step = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    term = models.CharField(max_length=80)
    definition = models.TextField()

    class Meta:
        ordering: ClassVar = ["language", "term", "module", "position"]
        indexes: ClassVar = [models.Index(fields=["language", "term"], name="terms_by_language")]

    def __str__(self) -> str:
        return self.term
