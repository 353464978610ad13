"""In which language a letter is written: that of its reader when it is known, else that of the institution."""

from lms.accounts.api import User

from .models import Institution


def language_for(email: str, institution: Institution | None) -> str:
    """Return the language of the account that has this address, else that of the institution, else French."""
    known = User.objects.filter(email__iexact=email).order_by("pk").values_list("language", flat=True).first()
    return known or (institution.language if institution else "fr")
