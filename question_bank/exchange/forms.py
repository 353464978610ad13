"""What the pages of import and export ask."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from question_bank.authoring.models import Stage
from question_bank.itemfiles.references import known_capacities

from .formats import WRITERS
from .limits import MAX_BYTES

NAMES = {"qti": "QTI", "moodle": "Moodle XML", "gift": "GIFT", "csv": "CSV", "xlsx": "XLSX"}


class ImportForm(forms.Form):
    """A file, and its format when it is not to be recognised."""

    file = forms.FileField(
        label=lazy("Fichier"), help_text=lazy("QTI 2.1, 2.2 ou 3.0, Moodle XML, GIFT, CSV ou XLSX ; 8 Mo au plus.")
    )
    kind = forms.ChoiceField(label=lazy("Format"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("À reconnaître")), *NAMES.items()]

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("Le fichier dépasse 8 Mo ; envoyez-le en plusieurs."))
        return file


class ExportForm(forms.Form):
    """A format, and which items."""

    kind = forms.ChoiceField(label=lazy("Format"), choices=[(name, NAMES[name]) for name in WRITERS])
    competency = forms.ChoiceField(label=lazy("Compétence"), required=False)
    stage = forms.ChoiceField(label=lazy("État"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, first, choices in (
            ("competency", _("Toutes"), [(code, code) for code in known_capacities()]),
            ("stage", _("Tous"), Stage.choices),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", first), *choices]
