import uuid

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from customers.models.history import changes
from promotions.models.products import ProductQuerySet
from promotions.models.texts import plain_name, visible_id
from promotions.models.tree import refuses_cycles
from promotions.models.versions import moves_categories

LONGEST_ID = 64  # characters of an external ID


def picture_name(product: "Product", filename: str) -> str:
    return f"products/{uuid.uuid4().hex}.webp"


class Category(models.Model):
    """A node of the catalogue's tree; what is said of it holds for all below it, too.

    No path is stored: trees are shallow, and moving a branch is one update.
    """

    id = models.AutoField(primary_key=True)
    external_id = models.CharField(
        _("ID"), max_length=LONGEST_ID, unique=True, validators=[visible_id]
    )
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["name", "pk"]
        permissions = [
            ("import_categories", _("Can import categories")),
            ("export_categories", _("Can export categories")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="category_not_below_itself",
                violation_error_message=_("A category can't be below itself."),
            ),
        ]
        triggers = [*moves_categories("category"), *refuses_cycles()]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """Something that is sold. `external_id` is the shop's own number (SKU)."""

    id = models.AutoField(primary_key=True)
    external_id = models.CharField(
        _("ID"), max_length=LONGEST_ID, unique=True, validators=[visible_id]
    )
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("category"),
    )
    price = models.DecimalField(
        _("price"),
        max_digits=14,
        decimal_places=3,
        validators=[MinValueValidator(0)],
        help_text=_("The usual price, for previews and warnings; a basket brings its own."),
    )
    picture = models.ImageField(_("picture"), upload_to=picture_name, blank=True)
    thumbnail = models.ImageField(upload_to=picture_name, blank=True, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name", "pk"]
        permissions = [
            ("import_products", _("Can import products")),
            ("export_products", _("Can export products")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="product_price_not_negative"),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="product_by_name"),
            GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                OpClass(Upper("external_id"), name="gin_trgm_ops"),
                name="product_search",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Barcode(models.Model):
    """A code by which tills know a product; it has any number of them."""

    code = models.CharField(_("barcode"), max_length=LONGEST_ID, primary_key=True)
    product = models.ForeignKey(Product, models.CASCADE, related_name="barcodes")

    class Meta:
        verbose_name = _("barcode")
        verbose_name_plural = _("barcodes")
        default_permissions = ()

    def __str__(self) -> str:
        return self.code


@pghistory.track(*changes())
class ProductGroup(models.Model):
    """Products gathered across categories, such as "All for school" (L19)."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=200, validators=[plain_name])

    class Meta:
        verbose_name = _("product group")
        verbose_name_plural = _("product groups")
        ordering = ["name"]
        permissions = [
            ("import_productgroups", _("Can import product groups")),
            ("export_productgroups", _("Can export product groups")),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="product_group_name_unique",
                violation_error_message=_("Another product group has this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProductGroupMember(models.Model):
    pk = models.CompositePrimaryKey("product_id", "group_id")
    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="+")
    group = models.ForeignKey(ProductGroup, models.CASCADE, related_name="members")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.product_id} {self.group_id}"
