"""The end of an attribute: its definition and the values of all customers, in one job."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from customers.attributes.uses import audiences_naming
from customers.matching import lock_customers
from customers.models import AttributeDefinition
from imports.errors import Refused
from imports.models import State
from imports.registry import register
from imports.resources import BulkChange, Text
from imports.runs import Run


@register
class AttributeRemoval(BulkChange):
    """Can't be undone: what customers are asked to have forgotten is to be gone."""

    slug = "attribute-removal"
    title = _("Delete attribute")
    permission = "customers.delete_attributedefinition"
    option_names = ("attribute",)
    deleted_text = ngettext_lazy("%d value deleted", "%d values deleted")
    headlines: ClassVar[dict[State, Text]] = {State.APPLYING: _("The values are being deleted")}

    def clean_options(self, options: dict[str, Any]) -> dict[str, Any]:
        definition = AttributeDefinition.objects.filter(key=options.get("attribute")).first()
        if definition is None:
            raise ValidationError(_("This attribute does not exist any more."))
        if refusal := reason_against(definition):
            raise ValidationError(refusal, code="in_use")
        return {"attribute": definition.key}

    def describe(self, options: dict[str, Any]) -> Text:
        return str(options.get("attribute", ""))

    def describe_all(self, options: Sequence[dict[str, Any]]) -> list[Text]:
        return [self.describe(each) for each in options]

    def apply(self, run: Run) -> None:
        run.tell(str(_("Deleting values")), 0.1)
        # First of all, so that no value comes in behind us.
        lock_customers(run)
        definition = AttributeDefinition.objects.filter(key=run.options["attribute"]).first()
        if definition is None:
            return
        if refusal := reason_against(definition):
            raise Refused(refusal)
        run.counts["deleted"] = _delete_values(run, definition)
        definition.delete()


def reason_against(definition: AttributeDefinition) -> str | None:
    """Why the attribute has to stay, if so. One query."""
    names = list(audiences_naming(definition.key).values_list("name", flat=True))
    if not names:
        return None
    return str(_("These audiences ask for it: %(names)s.") % {"names": ", ".join(names)})


def _delete_values(run: Run, definition: AttributeDefinition) -> int:
    if column := definition.column:
        return run.execute(
            f"UPDATE customers_customer SET {column} = NULL WHERE {column} IS NOT NULL"
        )
    return run.execute(
        "UPDATE customers_customer SET attributes = attributes - %(key)s"
        " WHERE attributes ? %(key)s",
        key=definition.key,
    )
