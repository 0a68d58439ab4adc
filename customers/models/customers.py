from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, JSONField, Q, Value
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from customers.identity import normalize_email, normalize_phone
from customers.models.users import User
from customers.search import ADDRESS_ORDER, SEARCHED, conditions


class CustomerQuerySet(models.QuerySet["Customer"]):
    def listed(self) -> Self:
        """Customers proper: addresses that only wait for their owner (prospects) left out."""
        return self.filter(is_prospect=False)

    def search(self, text: str) -> Self:
        """Listed customers who have every word in their name, e-mail, phone or external ID."""
        return self.listed().alias(address=ADDRESS_ORDER).filter(conditions(text))


class Customer(models.Model):
    """A person who buys. Exists with or without ever signing in.

    The id is an ordinary integer, not a big one: it is in every row of the big tables.
    """

    id = models.AutoField(primary_key=True)
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, verbose_name=_("user")
    )
    external_id = models.CharField(_("external ID"), max_length=64, null=True, blank=True)  # noqa: DJ001 unique
    email = models.EmailField(_("e-mail"), null=True, blank=True)  # noqa: DJ001 unique
    phone = models.CharField(_("phone"), max_length=15, null=True, blank=True)  # noqa: DJ001 unique
    first_name = models.CharField(_("first name"), max_length=150, blank=True, db_default="")
    last_name = models.CharField(_("last name"), max_length=150, blank=True, db_default="")
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    # The standard attributes have typed columns, which audiences over millions need; they mean
    # something as soon as staff define an attribute of that key (customers/attributes/fields.py).
    # In the table they come before all other text, so that nobody unpacks it to read them.
    gender = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001 as all attributes
    city = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001
    district = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001
    accepts_marketing = models.BooleanField(null=True, blank=True)
    children_birth_dates = ArrayField(models.DateField(), null=True, blank=True)
    cars = ArrayField(models.CharField(max_length=100), null=True, blank=True)
    employee = models.BooleanField(null=True, blank=True)
    # All other attributes by key; an attribute without a value has no key here.
    attributes = models.JSONField(default=dict, db_default=Value({}, JSONField()), blank=True)
    is_prospect = models.BooleanField(
        _("prospect"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("An address that waits for its owner to sign up, and nothing more."),
    )
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    searched = models.GeneratedField(
        expression=SEARCHED, output_field=models.TextField(null=True), db_persist=True
    )

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        default_permissions = ("add", "change", "view")
        permissions = [
            ("export_customers", _("Can export customers")),
            ("import_customers", _("Can import customers")),
            ("export_personal_data", _("Can export everything held on a customer")),
            ("erase_customer", _("Can erase a customer from everywhere")),
        ]
        constraints = [
            # Not unique=True, which would add a second index (for LIKE) to every insert.
            models.UniqueConstraint(
                fields=["email"],
                name="customer_email_unique",
                violation_error_message=_("Another customer has this e-mail address."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=Q(external_id__isnull=False),
                name="customer_external_id_unique",
                violation_error_message=_("Another customer has this external ID."),
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=Q(phone__isnull=False),
                name="customer_phone_unique",
                violation_error_message=_("Another customer has this phone number."),
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")) | Q(email__isnull=True),
                name="customer_email_normalised",
            ),
            models.CheckConstraint(
                condition=Q(is_prospect=False)
                | Q(
                    user__isnull=True,
                    email__isnull=False,
                    external_id__isnull=True,
                    phone__isnull=True,
                ),
                name="customer_prospect_is_an_address",
            ),
        ]
        indexes = [
            GinIndex(
                OpClass("searched", name="gin_trgm_ops"),
                condition=Q(is_prospect=False),
                name="customer_search",
            ),
            models.Index(
                ADDRESS_ORDER, F("id"), condition=Q(is_prospect=False), name="customer_by_address"
            ),
            models.Index(
                F("last_name"),
                F("first_name"),
                F("id"),
                condition=Q(is_prospect=False),
                name="customer_by_name",
            ),
            models.Index(F("id"), condition=Q(is_prospect=False), name="customer_listed"),
            GinIndex(
                OpClass("attributes", name="jsonb_path_ops"),
                condition=Q(is_prospect=False),
                name="customer_attributes",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or self.external_id or f"#{self.pk}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def clean(self) -> None:
        """Write identities in their one form; empty ones are NULL, so that they don't collide."""
        errors = {}
        for field, normalize in (("email", normalize_email), ("phone", normalize_phone)):
            try:
                setattr(self, field, normalize(value) if (value := getattr(self, field)) else None)
            except ValidationError as error:
                errors[field] = error
        self.external_id = self.external_id or None
        if errors:
            raise ValidationError(errors)
