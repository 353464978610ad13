"""Forms of institutions: facts, attachments, cohorts, mergers."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..entries import UAI
from ..fields import DayField, LabelledChoiceField
from ..models import Cohort, Institution, Programme
from ..years import years_around

ZONES = (
    "Europe/Paris",
    "Indian/Reunion",
    "Indian/Mayotte",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "America/Miquelon",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
)


class OwnFactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an institution's coordinators may correct."""

    website = forms.URLField(label=_("Site"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Institution
        fields = ["name", "city", "website", "privacy_contact", "health_students", "language", "asks_birth_date"]
        labels = {
            "name": _("Nom"),
            "city": _("Ville"),
            "privacy_contact": _("Contact pour les données personnelles"),
            "health_students": _("Étudiants en santé"),
            "language": _("Langue des lettres"),
            "asks_birth_date": _("Garder la date de naissance"),
        }
        help_texts = {
            "privacy_contact": _("L’adresse que vos étudiants liront pour exercer leurs droits."),
            "health_students": _("Leur nombre, s’il est connu."),
            "language": _("Pour qui n’a pas encore de compte ; les autres ont choisi la leur."),
            "asks_birth_date": _(
                "Sinon elle ne sert qu’à reconnaître une personne dans une liste, puis elle est oubliée."
            ),
        }


class AllFactsForm(OwnFactsForm):
    """What the platform's administrators may correct besides."""

    kind = forms.ChoiceField(label=_("Nature"), choices=[("", _("Choisir")), *Institution.Kind.choices])
    time_zone = forms.ChoiceField(label=_("Fuseau horaire"), choices=[(zone, zone) for zone in ZONES])

    class Meta(OwnFactsForm.Meta):
        fields = [*OwnFactsForm.Meta.fields, "kind", "uai", "academy", "region", "time_zone", "is_counted", "note"]
        labels = {
            **OwnFactsForm.Meta.labels,
            "uai": _("Code UAI"),
            "academy": _("Académie"),
            "region": _("Région"),
            "is_counted": _("Compte parmi les universités de l’objectif national"),
            "note": _("Remarque"),
        }
        help_texts = {
            **OwnFactsForm.Meta.help_texts,
            "is_counted": _("Elle figure alors parmi les universités du tableau national."),
            "uai": _("Sept chiffres et une lettre : 0755976N."),
        }
        widgets = {"note": forms.Textarea({"rows": 3})}

    def clean_uai(self) -> str:
        """Refuse what no UAI looks like."""
        uai = str(self.cleaned_data["uai"]).upper()
        if uai and not UAI.fullmatch(uai):
            raise forms.ValidationError(_("Un code UAI s’écrit avec sept chiffres et une lettre."))
        return uai


class AttachmentForm(forms.Form):
    """To which university, from when."""

    parent = LabelledChoiceField(Institution.objects.none(), label=_("Université"), empty_label=_("Choisir"))
    start_date = DayField(label=_("À partir du"))
    end_date = DayField(label=_("Jusqu’à la veille du"), required=False, help_text=_("Laissé vide : sans date de fin."))

    def __init__(self, *args: Any, institution: Institution, **options: Any) -> None:
        super().__init__(*args, **options)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        universities = Institution.objects.standing().filter(kind=Institution.Kind.UNIVERSITY)
        parent.queryset = universities.exclude(pk=institution.pk).order_by("name")


class AttachmentEndForm(forms.Form):
    """The first day without it."""

    end_date = DayField(label=_("Premier jour sans ce rattachement"))


class CohortForm(forms.Form):
    """A new cohort."""

    name = forms.CharField(label=_("Nom"), max_length=120, help_text=_("Celui que vos étudiants reconnaîtront."))
    programme = LabelledChoiceField(
        Programme.objects.order_by("number", "title"), label=_("Filière"), empty_label=_("Choisir")
    )
    academic_year = forms.ChoiceField(label=_("Année universitaire"))
    year_of_study = forms.IntegerField(label=_("Année d’études"), min_value=1, max_value=12, required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        years = self.fields["academic_year"]
        assert isinstance(years, forms.ChoiceField)
        years.choices = [(year, year) for year in years_around(today, before=2, after=1)]


class CohortNameForm(forms.Form):
    """What a cohort is called."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    year_of_study = forms.IntegerField(label=_("Année d’études"), min_value=1, max_value=12, required=False)

    @classmethod
    def of(cls, cohort: Cohort, data: Any = None) -> "CohortNameForm":
        """Return the form filled in with what the cohort has."""
        return cls(data, initial={"name": cohort.name, "year_of_study": cohort.year_of_study})


class MergerForm(forms.Form):
    """Into which institution."""

    into = LabelledChoiceField(
        Institution.objects.none(), label=_("Établissement qui reprend tout"), empty_label=_("Choisir")
    )

    def __init__(self, *args: Any, source: Institution, **options: Any) -> None:
        super().__init__(*args, **options)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        into.queryset = Institution.objects.standing().exclude(pk=source.pk).order_by("name")
