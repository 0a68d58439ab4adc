from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from promotions.admin.catalogue.deletion import ExplainedDeletion
from promotions.admin.catalogue.history import WrittenHistory
from promotions.models import PointOfSale


@admin.register(PointOfSale)
class PointOfSaleAdmin(WrittenHistory, ExplainedDeletion):
    """Shops with tills, and online ones; an altshop's form says at which it sells."""

    list_title, form_title = _("Points of sale"), _("Point of sale")
    list_display = ["name", "key", "channel", "time_zone", "currency"]
    search_fields = ["name", "key"]
    search_help_text = _("Name or key")
    ordering = ["name"]
    fields = ["name", "key", "channel", "time_zone", "currency"]
    actions = None
    delete_title = _("Delete the point of sale")
    delete_text = _("Tills and apps that name it will be refused. It cannot be restored.")

    class Media:
        css = {"all": ["offers/backoffice-offers.css", "promotions/catalogue.css"]}
