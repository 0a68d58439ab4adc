from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import FieldFilter
from loyalty.models import Batch


class KindFilter(FieldFilter):
    title = _("kind")
    parameter_name = "kind"
    field, options = "kind", Batch.Kind.choices


class ModeFilter(FieldFilter):
    title = _("mode")
    parameter_name = "mode"
    field, options = "mode", Batch.Mode.choices
