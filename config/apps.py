from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = "Bespoke"


class BackofficeConfig(AdminConfig):
    default_site = "config.backoffice.site.BackofficeSite"
