"""What an offer opens in the mobile app, where it is something of the catalogue (T28, T29)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from promotions.models import Category, Product
from promotions.models.products import is_id

IN_CATALOGUE: dict[str, type[Product] | type[Category]] = {
    "product": Product,
    "category": Category,
}
"""By link type; what the others name is free."""

UNKNOWN = {
    "product": _("There is no product with this internal ID."),
    "category": _("There is no category with this internal ID."),
}


def object_of(link_type: str, object_id: str) -> Product | Category | None:
    """The product or category that an offer names by its internal ID. One query, or none."""
    model = IN_CATALOGUE.get(link_type)
    return model.objects.filter(pk=object_id).first() if model and is_id(object_id) else None


def check_object(link_type: str, object_id: str) -> None:
    """Raises ValidationError for an ID of the catalogue that names nothing. Two queries at most."""
    model = IN_CATALOGUE.get(link_type)
    if model is None or object_of(link_type, object_id):
        return
    meant = model.objects.filter(external_id=object_id).first()
    if meant is None:
        raise ValidationError(UNKNOWN[link_type])
    raise ValidationError(
        _("This is the shop's own ID of “%(name)s”. Its internal ID is %(id)s."),
        params={"name": meant.name, "id": meant.pk},
    )
