from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "imports"
    verbose_name = _("Import / export")

    def ready(self) -> None:
        # Every app says in its imports.py what can be imported and exported.
        autodiscover_modules("imports")
