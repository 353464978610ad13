"""Student numbers as cards, spreadsheets and people write them: with spaces, an apostrophe, zeros lost at the front.

A roster and whoever claims a place read them the same way, else a number would lock its own owner out.
"""

from django.db.models import QuerySet

from .models import Student


def plain_number(text: str) -> str:
    """Return a number as it is kept: without spaces, nor the apostrophe that makes a text of it in a spreadsheet."""
    return "".join(text.replace("\x00", "").split()).lstrip("'’")


def number_key(text: str) -> str:
    """Return what two writings of one number share, whatever their case."""
    return plain_number(text).casefold()


def bare_number(text: str) -> str:
    """Return what a spreadsheet leaves of a number: neither case nor zeros at the front."""
    key = number_key(text)
    return key.lstrip("0") or key[:1]


def fuller_number(known: str, read: str) -> str:
    """Return the one to keep of two writings of a number: the longer, which has its zeros; else the known one."""
    return known if known == plain_number(known) and len(known) >= len(read) else read


def find_numbered(rows: QuerySet[Student], number: str) -> Student | None:
    """Return the one of `rows` who has a number, however it is typed; None for nobody, and for two.

    A number is also known without its zeros, which a spreadsheet may have removed before it was kept, or after.
    """
    if not (typed := plain_number(number)):
        return None
    found = list(rows.filter(student_number__iexact=typed).order_by("pk")[:2])
    if not found:
        bare = bare_number(typed)
        ending = rows.filter(student_number__iendswith=bare).order_by("pk")
        found = [one for one in ending if bare_number(one.student_number) == bare]
    return found[0] if len(found) == 1 else None
