from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in

from config.backoffice import session


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = "Bespoke"


class BackofficeConfig(AdminConfig):
    default_site = "config.backoffice.site.BackofficeSite"

    def ready(self) -> None:
        super().ready()
        user_logged_in.connect(session.begin, dispatch_uid="staff-session")
