import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from customers.models.audiences import Audience, moves_audiences
from customers.models.customers import Customer
from customers.models.history import changes
from customers.models.member_counts import keeps_count


@pghistory.track(*changes(), exclude=["members_count"])
class CustomerGroup(models.Model):
    """Customers gathered by phone number, or those of an audience. Never deleted (D4)."""

    class Type(models.TextChoices):
        PHONES = "phones", _("Phone numbers")
        AUDIENCE = "audience", _("Audience")

    id = models.AutoField(primary_key=True)
    title = models.CharField(_("title"), max_length=200)
    type = models.CharField(_("type"), max_length=10, choices=Type, default=Type.PHONES)
    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("audience"),
        help_text=_("The group is whoever is in this audience, at any time."),
    )
    # Of a group by phone numbers; the triggers of GroupMember keep it.
    members_count = models.PositiveIntegerField(_("users count"), default=0, editable=False)

    class Meta:
        verbose_name = _("customer group")
        verbose_name_plural = _("customer groups")
        default_permissions = ("add", "change", "view")
        ordering = ["title", "pk"]
        permissions = [
            ("change_members", _("Can add and remove members of customer groups")),
            ("import_members", _("Can import members of customer groups")),
            ("export_members", _("Can export members of customer groups")),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("title"),
                name="customer_group_title_unique",
                violation_error_message=_("Another group has this title."),
            ),
            models.CheckConstraint(
                condition=Q(type="audience", audience__isnull=False)
                | Q(type="phones", audience__isnull=True),
                name="customer_group_audience_fits_type",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="groups_stay", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="group_type_is_final", fields=["type"]),
            # Offers and conditions name groups: whom these mean changes with the audience.
            *moves_audiences("customer_group", pgtrigger.AnyChange("audience")),
        ]

    def __str__(self) -> str:
        return self.title


class GroupMember(models.Model):
    """A customer in a group by phone numbers."""

    pk = models.CompositePrimaryKey("customer_id", "group_id")
    customer = models.ForeignKey(Customer, models.CASCADE, db_index=False, related_name="+")
    group = models.ForeignKey(
        CustomerGroup, models.DO_NOTHING, db_index=False, related_name="members"
    )

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["group", "customer"], name="group_member_list")]
        triggers = keeps_count("customers_customergroup", "group_id")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.group_id}"
