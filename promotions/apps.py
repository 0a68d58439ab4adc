from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from promotions.compiled import check_compiled


class PromotionsConfig(AppConfig):
    name = "promotions"
    verbose_name = _("Promotions")

    def ready(self) -> None:
        check_compiled()
