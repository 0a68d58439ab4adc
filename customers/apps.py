from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "customers"
    verbose_name = _("Customers")

    def ready(self) -> None:
        # Every app says what it holds on a person, how that is erased, and what must be true of it.
        autodiscover_modules("personal_data", "erasure", "invariants")
