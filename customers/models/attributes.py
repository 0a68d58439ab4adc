import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models.audiences import moves_audiences
from customers.models.history import changes

LONGEST_TEXT = 100
"""Characters of a text or a choice, in any attribute."""


class AttributeType(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("Choice")
    DATES = "dates", _("List of dates")
    CHOICES = "choices", _("List of choices")


WITH_CHOICES = (AttributeType.CHOICE, AttributeType.CHOICES)

# Keys with a typed column of their own in Customer, and the types that this column can hold.
STANDARD: dict[str, tuple[AttributeType, ...]] = {
    "gender": (AttributeType.CHOICE, AttributeType.TEXT),
    "city": (AttributeType.TEXT, AttributeType.CHOICE),
    "district": (AttributeType.TEXT, AttributeType.CHOICE),
    "accepts_marketing": (AttributeType.YES_NO,),
    "children_birth_dates": (AttributeType.DATES,),
    "cars": (AttributeType.CHOICES,),
    "employee": (AttributeType.YES_NO,),
}
# What a customer has without anybody defining it; also the other columns of the import.
RESERVED = (
    "id",
    "external_id",
    "email",
    "phone",
    "first_name",
    "last_name",
    "birth_date",
    "registered",
    "signed_in",
    "groups",
    "attributes",
    # Columns of a rejects file.
    "line",
    "reason",
)


@pghistory.track(*changes())
class AttributeDefinition(models.Model):
    """Something staff want to know about customers. Key and type are final."""

    key = models.CharField(
        _("key"),
        max_length=50,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9_]*\Z",
                _("Write small letters a–z, digits and _, beginning with a letter."),
            )
        ],
        help_text=_("The name of the column in imports and of the field in the API."),
    )
    label = models.CharField(_("label"), max_length=100)
    type = models.CharField(_("type"), max_length=10, choices=AttributeType)
    choices = ArrayField(
        models.CharField(max_length=LONGEST_TEXT),
        verbose_name=_("choices"),
        default=list,
        blank=True,
        help_text=_("One a line, in the order in which they are offered."),
    )

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=WITH_CHOICES, choices__len__gt=0)
                | (~Q(type__in=WITH_CHOICES) & Q(choices=[])),
                name="attribute_choices_fit_type",
                violation_error_message=_("A choice needs choices; other types have none."),
            ),
            models.CheckConstraint(
                condition=~Q(key__in=RESERVED), name="attribute_key_not_reserved"
            ),
        ]
        triggers = moves_audiences("attribute_definition")

    def __str__(self) -> str:
        return self.label

    @property
    def column(self) -> str | None:
        """The column of Customer that holds it; None if Customer.attributes does."""
        return self.key if self.key in STANDARD else None

    def clean(self) -> None:
        if self.key in RESERVED:
            raise ValidationError(
                {"key": _("Every customer has this already. Choose another key.")}
            )
        allowed = STANDARD.get(self.key)
        if allowed and self.type and self.type not in allowed:
            names = ", ".join(str(type_.label) for type_ in allowed)
            raise ValidationError(
                {
                    "type": _("The standard attribute %(key)s is of type: %(types)s.")
                    % {"key": self.key, "types": names}
                }
            )
