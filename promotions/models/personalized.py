import pghistory
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.models.history import changes
from promotions.models.catalogue import Product
from promotions.models.texts import plain_name
from promotions.models.versions import moves_rules


@pghistory.track(*changes())
class PersonalizedPromotion(models.Model):
    """A promotion of which each customer has a list of products of their own to choose from."""

    class Users(models.TextChoices):
        CONSUMERS = "consumers", _("Consumers")
        EMPLOYEES = "employees", _("Employees")

    id = models.AutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])
    description = models.TextField(_("description"), blank=True)
    backend_id = models.CharField(
        _("BackendID"),
        max_length=64,
        unique=True,
        validators=[
            RegexValidator(r"^[\w.-]+\Z", _("Write letters, digits, dots, dashes and underscores."))
        ],
        help_text=_("Identifies the promotion in imports and in the API."),
    )
    users = models.CharField(
        _("users"),
        max_length=10,
        choices=Users,
        default=Users.CONSUMERS,
        help_text=_("Whom lists may be assigned to."),
    )
    max_products = models.PositiveIntegerField(
        _("maximum distinct products"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many products one customer may choose; empty for the whole list."),
    )
    lock_after_apply = models.BooleanField(
        _("lock after first apply"),
        default=False,
        help_text=_("The first choice that a customer saves is final."),
    )

    class Meta:
        verbose_name = _("personalized promotion")
        verbose_name_plural = _("personalized promotions")
        ordering = ["name", "pk"]
        # One role functionality opens the whole chapter (E1).
        default_permissions = ()
        permissions = [
            ("PersonalizedPromotions", _("PersonalizedPromotions")),
            ("import_listed_products", _("Can import product lists of customers")),
            ("export_listed_products", _("Can export product lists of customers")),
        ]
        triggers = moves_rules("personalized_promotion")

    def __str__(self) -> str:
        return self.name


class ListedProduct(models.Model):
    """A product on a customer's list of a personalized promotion, and whether it is chosen.

    The choice is part of the row, so that what leaves the list leaves the choice (E24). Millions
    of rows: integers only, customer first, no foreign keys that the database would check a row.
    """

    pk = models.CompositePrimaryKey("customer_id", "promotion_id", "product_id")
    customer = models.ForeignKey(
        Customer, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    promotion = models.ForeignKey(
        PersonalizedPromotion,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="listed",
    )
    product = models.ForeignKey(
        Product, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    is_chosen = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("listed product")
        verbose_name_plural = _("listed products")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["customer", "promotion", "product"],
                condition=Q(is_chosen=True),
                name="listed_product_chosen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.promotion_id} {self.product_id}"


class Choice(models.Model):
    """That a customer has saved a choice from a list; two savings at once wait for each other."""

    pk = models.CompositePrimaryKey("customer_id", "promotion_id")
    customer = models.ForeignKey(
        Customer, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    promotion = models.ForeignKey(
        PersonalizedPromotion,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="choices",
    )
    first_at = models.DateTimeField(_("first saved"))
    last_at = models.DateTimeField(_("last saved"))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.customer_id} {self.promotion_id}"


class ListCount(models.Model):
    """How many customers have a list of a promotion, as counted every few minutes.

    Not kept up to date by triggers: whether a row is the first of its list can't be told from
    what an import of millions adds without looking at all of it again.
    """

    promotion = models.OneToOneField(
        PersonalizedPromotion, models.CASCADE, primary_key=True, related_name="count"
    )
    customers = models.PositiveIntegerField(default=0)
    customers_who_chose = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.promotion_id} {self.customers}"
