from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from imports.backoffice import BackofficeAdmin
from offers.models import AltShop


@admin.register(AltShop)
class AltShopAdmin(BackofficeAdmin):
    """The shop fronts: their host names and time zones."""

    list_title, form_title = _("Altshops"), _("Altshop")
    list_display = ["name", "key", "host", "time_zone", "point_of_sale", "is_default"]
    list_select_related = ["point_of_sale"]
    search_fields = ["name", "key", "host"]
    ordering = ["name"]
    fields = ["name", "key", "host", "time_zone", "point_of_sale", "is_default"]
    actions = None
