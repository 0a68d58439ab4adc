import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from customers.models.customers import Customer
from customers.models.history import changes
from customers.models.member_counts import keeps_count
from customers.models.versions import Version, moves


class AudienceVersion(Version):
    """Moves with what audiences mean: their conditions, and the attributes that these name."""


def moves_audiences(
    name: str, condition: pgtrigger.Condition | None = None
) -> list[pgtrigger.Trigger]:
    """Triggers for a model on which the meaning of audiences depends."""
    return [*moves("customers_audienceversion", name, condition)]


@pghistory.track(*changes(), exclude=["members_count", "counted_at"])
class Audience(models.Model):
    """People described by conditions, or (static) a list of customers that stays as it is."""

    class Kind(models.TextChoices):
        DYNAMIC = "dynamic", _("By conditions")
        STATIC = "static", _("Fixed list")

    id = models.AutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DYNAMIC)
    # As customers/audiences/tree.py describes it; NULL for a fixed list.
    conditions = models.JSONField(_("conditions"), null=True, blank=True)
    # Of conditions as of counted_at, for lists; of a fixed list always right: the triggers of
    # AudienceMember keep it.
    members_count = models.PositiveIntegerField(_("customers"), default=0, editable=False)
    counted_at = models.DateTimeField(_("counted"), null=True, editable=False)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["name", "pk"]
        permissions = [
            ("import_audience", _("Can import members of fixed audiences")),
            ("export_audience", _("Can export members of fixed audiences")),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="audience_name_unique",
                violation_error_message=_("Another audience has this name."),
            ),
            models.CheckConstraint(
                condition=Q(kind="dynamic", conditions__isnull=False)
                | Q(kind="static", conditions__isnull=True),
                name="audience_conditions_fit_kind",
            ),
        ]
        triggers = moves_audiences("audience", pgtrigger.AnyChange("kind", "conditions"))

    def __str__(self) -> str:
        return self.name

    @property
    def is_dynamic(self) -> bool:
        return self.kind == self.Kind.DYNAMIC


class AudienceMember(models.Model):
    """A customer in a fixed audience."""

    pk = models.CompositePrimaryKey("customer_id", "audience_id")
    customer = models.ForeignKey(Customer, models.CASCADE, db_index=False, related_name="+")
    audience = models.ForeignKey(Audience, models.CASCADE, db_index=False, related_name="members")

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["audience", "customer"], name="audience_member_list")]
        triggers = keeps_count("customers_audience", "audience_id")

    def __str__(self) -> str:
        return f"{self.customer_id} {self.audience_id}"
