"""The form of a look: each field says by itself what is wrong with it, and a colour which one would do."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid
from themes.models import Look

from .checking import Refused, checked_brand, checked_home, checked_hosts, checked_wash
from .logos import Logo, drawn_again
from .saving import WORDS, Wishes

RESERVED = ("nouvelle", "apercu")  # addresses of pages


class LookForm(forms.Form):
    """What one asks of a look. `nearest` holds, by field, a colour that could take the place of one refused."""

    key = forms.SlugField(label=_("Clé"), max_length=50, help_text=_("En minuscules, sans accent : valserine."))
    name = forms.CharField(label=_("Nom"), max_length=60, help_text=_("Tel qu’on le lira en haut de chaque page."))
    brand = forms.CharField(
        label=_("Couleur principale"), max_length=40, help_text=_("Boutons, liens, titres : #1f4b8e, par exemple.")
    )
    wash = forms.CharField(
        label=_("Teinte claire"),
        max_length=40,
        required=False,
        help_text=_("Fond des encadrés et des choix. Laissée vide, elle est tirée de la couleur principale."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG, WebP ou GIF, sur fond blanc ou transparent. Pas de SVG."),
    )
    is_logo_removed = forms.BooleanField(label=_("Retirer le logo"), required=False)
    contact = forms.CharField(
        label=_("Contact"), max_length=120, required=False, help_text=_("Une adresse e-mail, ou quelques mots.")
    )
    website = forms.URLField(label=_("Site de l’établissement"), required=False, assume_scheme="https", max_length=200)
    home_path = forms.CharField(
        label=_("Page d’accueil"),
        max_length=200,
        required=False,
        help_text=_("Où mènent le logo et le nom : une page de ce site, qui commence par « / ». Vide : l’accueil."),
    )
    welcome = forms.CharField(
        label=_("Mot d’accueil"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )
    welcome_en = forms.CharField(
        label=_("Mot d’accueil, en anglais"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )
    hosts = forms.CharField(
        label=_("Noms d’hôte"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Un par ligne : qui arrive par l’un d’eux voit cette apparence."),
    )

    def __init__(self, *args: Any, look: Look | None, is_administrator: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look, self.nearest = look, dict[str, str]()
        if look is not None:
            del self.fields["key"]
        if not is_administrator:
            del self.fields["hosts"]
        if look is None or not look.logo_digest:
            del self.fields["is_logo_removed"]

    def clean_key(self) -> str:
        """Refuse the key of another look."""
        key = str(self.cleaned_data["key"]).lower()
        if key in RESERVED or Look.objects.filter(key=key).exists():
            raise ValidationError(_("Une apparence porte déjà cette clé."))
        return key

    def clean_brand(self) -> str:
        """Refuse a main colour that cannot be read."""
        return str(self._checked("brand", checked_brand, self.cleaned_data["brand"]))

    def clean_wash(self) -> str:
        """Refuse a tint on which one cannot read; it is judged with the main colour, or the one proposed instead."""
        brand = self.cleaned_data.get("brand") or self.nearest.get("brand")
        return str(self._checked("wash", checked_wash, self.cleaned_data["wash"], brand)) if brand else ""

    def clean_home_path(self) -> str:
        """Refuse what is not a page of ours."""
        return str(self._checked("home_path", checked_home, self.cleaned_data["home_path"]))

    def clean_hosts(self) -> tuple[str, ...]:
        """Refuse what is not a host name, or is another's."""
        key = self.look.key if self.look else ""
        return tuple(self._checked("hosts", checked_hosts, tuple(self.cleaned_data["hosts"].split()), key))

    def clean_logo(self) -> Logo | None:
        """Draw the logo again, or say why not."""
        file = self.cleaned_data["logo"]
        return self._checked("logo", drawn_again, file, file.size) if file else None

    def wishes(self) -> Wishes:
        """Return what is asked, once valid; who may not change the host names leaves them."""
        told = self.cleaned_data
        hosts = told["hosts"] if "hosts" in told else tuple(self.look.hosts if self.look else ())
        return Wishes(
            **{name: told[name] for name in (*WORDS, "brand", "wash", "home_path", "logo")},
            hosts=hosts,
            is_logo_removed=told.get("is_logo_removed", False),
        )

    def _checked(self, field: str, check: Any, *values: Any) -> Any:
        try:
            return check(*values)
        except Invalid as error:
            if isinstance(error, Refused) and error.nearest:
                self.nearest[field] = error.nearest
            raise ValidationError(error.sentence) from error


def initial_of(look: Look) -> dict[str, Any]:
    """Return what the form shows of a look."""
    shown = {name: getattr(look, name) for name in (*WORDS, "brand", "wash", "home_path")}
    return shown | {"hosts": "\n".join(look.hosts)}
