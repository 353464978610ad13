"""Entries of modules without their pages: what the catalogue reads."""

from lms.learning.models import Module


def more_modules(count: int, **words: object) -> None:
    """Write `count` published modules."""
    for number in range(count):
        title = f"Un module {number}"
        Module.objects.create(
            key=f"un-module-{number}",
            titles={"fr": title},
            summaries={"fr": f"Ce que l’on saura faire après {title}."},
            **{
                "languages": ["fr"],
                "is_published": True,
                "competencies": [f"D{number % 5 + 1}.C1"],
                "audiences": ["student"],
                "minutes": 15,
                **words,
            },
        )
