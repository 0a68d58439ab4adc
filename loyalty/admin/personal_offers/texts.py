"""What customers read of an offer in other languages, as fields of its form."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loyalty.models import PersonalOfferText

TEXTS = ("title", "text", "validity_text")


def other_languages() -> list[tuple[str, Any]]:
    """All but the shop's own, in which the offer itself is written."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def field_of(name: str, language: str) -> str:
    return f"{name}_{language.replace('-', '_')}"


def text_fields() -> Iterator[tuple[str, forms.Field]]:
    """Named by the text and the language."""
    for code, _name in other_languages():
        for name in TEXTS:
            column: Any = PersonalOfferText._meta.get_field(name)
            field: forms.Field = column.formfield(required=False)
            field.widget.attrs |= {"class": "bo-input", "lang": code}
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
            yield field_of(name, code), field


def first_texts(texts: Mapping[str, PersonalOfferText]) -> dict[str, str]:
    return {
        field_of(name, code): getattr(text, name) for code, text in texts.items() for name in TEXTS
    }


def entered_texts(
    data: Mapping[str, Any], there: Mapping[str, PersonalOfferText]
) -> dict[str, PersonalOfferText]:
    """Those with a title, as rows that are there already, or new ones; others are kept."""
    offered = [code for code, _name in other_languages()]
    found = {code: text for code, text in there.items() if code not in offered}
    for code in offered:
        values = {name: data.get(field_of(name, code)) or "" for name in TEXTS}
        if values["title"]:
            row = there.get(code)
            found[code] = PersonalOfferText(pk=row.pk if row else None, **values)
    return found


def refuse_texts_without_title(form: forms.ModelForm) -> None:
    for code, _name in other_languages():
        title = field_of("title", code)
        others = [form.cleaned_data.get(field_of(name, code)) for name in TEXTS[1:]]
        if any(others) and not form.cleaned_data.get(title) and title not in form.errors:
            form.add_error(title, _("Write a title, too, or leave all of this language empty."))
