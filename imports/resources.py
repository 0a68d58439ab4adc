"""What a type of import says of itself, and the steps that its own app fills in."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from import_export.fields import Field
from import_export.resources import Resource

from imports.models import State

if TYPE_CHECKING:
    from imports.runs import Run

Text = str | Promise
Row = tuple[Any, ...]


class Column(Field):
    """A column of the file: its header, what belongs in it, whether a file may lack it."""

    def __init__(self, name: str, *, help: Text, required: bool = False, **options: Any) -> None:
        super().__init__(column_name=name, **options)
        self.help = help
        self.required = required


class BulkChange:
    """A change of many rows that runs as a job and can be undone."""

    slug: ClassVar[str]
    title: ClassVar[Text]
    permission: ClassVar[str]
    takes_file: ClassVar[bool] = False
    option_names: ClassVar[Sequence[str]] = ()
    headlines: ClassVar[dict[State, Text]] = {}
    """What the job's page says in a state, where "rows are deleted" isn't what happens."""
    deleted_text: ClassVar[Text] = ngettext_lazy("%d row deleted", "%d rows deleted")
    undo_text: ClassVar[Text] = _(
        "What this import created is deleted and what it changed gets its earlier values back."
        " Everything else stays, also what other imports did since."
    )

    def clean_options(self, options: dict[str, Any]) -> dict[str, Any]:
        """The options to store with a job. Raises ValidationError for what can't be done."""
        if options:
            raise ValueError(f"{self.slug} takes no options")
        return {}

    def describe(self, options: dict[str, Any]) -> Text:
        """What the options narrow the job to, in words; empty if to nothing. One query at most."""
        return ""

    def describe_all(self, options: Sequence[dict[str, Any]]) -> list[Text]:
        """`describe` of each, for a list; overridden where that would cost a query a row."""
        return [self.describe(each) for each in options]

    def apply(self, run: "Run") -> None:
        """Make the change in sets; count it in `run` and write down how to take it back."""
        raise NotImplementedError

    def undo(self, run: "Run") -> None:
        """Take back what `apply` wrote down in `run.job.undo_records`."""
        raise NotImplementedError


class BulkResource(BulkChange, Resource):
    """A type that is imported from a file and exported to one.

    A django-import-export Resource, so that columns and export stay the ecosystem's; rows are
    not walked one by one: `check` and `apply` work on the staged file in sets of rows.
    """

    takes_file = True
    description: ClassVar[Text] = ""
    identity: ClassVar[Text] = ""
    example: ClassVar[Sequence[Sequence[str]]] = ()
    reasons: ClassVar[dict[str, Text]] = {}
    export_permission: ClassVar[str] = ""
    one_of: ClassVar[Sequence[str]] = ()
    """Keys of columns of which a file needs at least one."""

    def columns(self, options: dict[str, Any]) -> dict[str, Column]:
        """The columns by key. Options may make a column optional."""
        return self.fields

    def example_rows(self, options: dict[str, Any]) -> Sequence[Sequence[str]]:
        """Cells in the order of the columns."""
        return self.example

    def check(self, run: "Run") -> None:
        """Look at the staged rows and reject the bad ones, with a code of `reasons`."""
        raise NotImplementedError

    def preview(self, run: "Run") -> None:
        """Count what `apply` would create and update, after `check`, changing nothing."""
        raise NotImplementedError

    def option_fields(self, options: dict[str, Any]) -> dict[str, forms.Field]:
        """Form fields to narrow an export, by the name of the option and filled in with it."""
        return {}

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, Row]:
        """The rows of an export as tuples."""
        raise NotImplementedError

    def export_cells(self, options: dict[str, Any]) -> Callable[[Row], Sequence[Any]]:
        """What makes of such a tuple the cells, in the order of the columns. Asked once a file."""
        return tuple
