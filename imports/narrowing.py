"""Changes to what belongs to one thing, say an offer, and imports that may be narrowed to it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from imports.resources import BulkChange, BulkResource, Column, Text

LONGEST_ID = 10  # digits; ids are 32 bits wide


class ChangeOfOne(BulkChange):
    """A change to what belongs to one thing, which its only option names by its id."""

    model: ClassVar[type[Model]]
    name_field: ClassVar[str]
    gone: ClassVar[Text]
    """Said where there is no such thing."""

    @property
    def option(self) -> str:
        (name,) = self.option_names
        return name

    def refuse(self, one: Any) -> None:
        """Raises ValidationError for a thing that is there but can't be chosen."""

    def clean_options(self, options: dict[str, Any]) -> dict[str, Any]:
        number = str(options.get(self.option, ""))
        known = number.isdecimal() and len(number) <= LONGEST_ID
        one = self.model._default_manager.filter(pk=number).first() if known else None
        if one is None:
            raise ValidationError(str(self.gone))
        self.refuse(one)
        return {self.option: one.pk}

    def describe(self, options: dict[str, Any]) -> Text:
        return self.describe_all([options])[0]

    def describe_all(self, options: Sequence[dict[str, Any]]) -> list[Text]:
        """One query for all."""
        ids = [each[self.option] for each in options if self.option in each]
        things = self.model._default_manager.filter(pk__in=ids)
        names = dict(things.values_list("pk", self.name_field)) if ids else {}
        return [names.get(each.get(self.option), "") for each in options]


class NarrowedResource(ChangeOfOne, BulkResource):
    """A type whose lines name a thing each, in the column of the option; or all belong to one."""

    unknown: ClassVar[str]
    """The code of `reasons` for a line that names nothing known."""
    left_out: ClassVar[Text]
    """Said of the column where the thing is chosen."""
    only: ClassVar[Text]
    """The label of the choice in an export."""
    only_help: ClassVar[Text]

    def choices(self) -> QuerySet[Any]:
        """What an export may be narrowed to."""
        raise NotImplementedError

    def clean_options(self, options: dict[str, Any]) -> dict[str, Any]:
        return super().clean_options(options) if options.get(self.option) else {}

    def columns(self, options: dict[str, Any]) -> dict[str, Column]:
        columns = super().columns(options)
        if not options:
            return columns
        optional = Column(columns[self.option].column_name, help=self.left_out)
        return {**columns, self.option: optional}

    def option_fields(self, options: dict[str, Any]) -> dict[str, forms.Field]:
        field = forms.ModelChoiceField(
            self.choices(),
            to_field_name=self.name_field,
            required=False,
            initial=self.describe(options),
            label=str(self.only),
            help_text=str(self.only_help),
            widget=forms.TextInput,
        )
        field.error_messages["invalid_choice"] = str(self.reasons[self.unknown])
        return {self.option: field}
