"""What a person fills in to import or export."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from imports.reading import ENCODINGS
from imports.resources import BulkResource

ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1250": _("Central European (Windows-1250)"),
    "cp1251": _("Cyrillic (Windows-1251)"),
    "cp1252": _("Western European (Windows-1252)"),
    "iso8859-2": _("Central European (ISO 8859-2)"),
}
ACCEPTED = ".csv,.xlsx,.txt,.tsv,.zip"


class TypeForm(forms.Form):
    """The choice of a type among those that the user may use."""

    type = forms.ChoiceField(
        label=_("Type"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what the file holds."),
            "invalid_choice": _("You may not use this type."),
        },
    )

    def __init__(self, kinds: Sequence[BulkResource], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.slug, kind.title) for kind in kinds]
        cast(forms.ChoiceField, self.fields["type"]).choices = choices


class ImportForm(TypeForm):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a file.")},
    )
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        required=False,
        choices=[("", _("Found out automatically"))]
        + [(name, ENCODING_NAMES.get(name, name)) for name in ENCODINGS],
        widget=forms.Select(attrs={"class": "bo-input"}),
        help_text=_("Choose one only if letters with accents came out wrong."),
    )


class ExportForm(forms.Form):
    """The format of an export of one type, and what narrows it."""

    format = forms.ChoiceField(
        label=_("Format"),
        choices=[
            ("csv", _("CSV: any number of rows")),
            ("xlsx", _("XLSX: for a spreadsheet, up to 1,048,575 rows")),
        ],
        widget=forms.RadioSelect,
        initial="csv",
    )

    def __init__(
        self, kind: BulkResource, options: dict[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.narrowing = kind.option_fields(options)
        self.fields |= self.narrowing
        for name in self.narrowing:
            self.fields[name].widget.attrs |= {"class": "bo-input"}

    def options(self) -> dict[str, Any]:
        """What was chosen, for the resource's `clean_options`."""
        chosen = {name: self.cleaned_data[name] for name in self.narrowing}
        return {
            name: value.pk if isinstance(value, Model) else value
            for name, value in chosen.items()
            if value not in (None, "")
        }
