from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import FieldFilter, YesNoFilter
from loyalty.admin.personal_offers.status import Status
from loyalty.models import PersonalOffer


class StatusFilter(FieldFilter):
    title = _("status")
    parameter_name = "status"
    field, options = "status_at", Status.choices


class MechanicFilter(FieldFilter):
    title = _("mechanic")
    parameter_name = "mechanic"
    field, options = "mechanic", PersonalOffer.Mechanic.choices


class PreferenceFilter(FieldFilter):
    title = _("preference")
    parameter_name = "preference"
    field, options = "preference", PersonalOffer.Preference.choices


class AcceptanceFilter(YesNoFilter):
    title = _("needs acceptance")
    parameter_name = "acceptance"

    def condition(self) -> Q:
        return Q(needs_acceptance=True)
