"""The discount in plain words while its form is filled in."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from customers.admin.target_choice import form_for
from customers.admin.target_rights import seen_by
from promotions.admin.discounts.form import DiscountForm
from promotions.models import Discount
from promotions.wording import sentence


def words(admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """The sentence of the posted form; what isn't filled in rightly yet is left out.

    Nothing is saved.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    asked = request.GET.get("discount", "")
    known = asked.isdecimal() and len(asked) < 10 and admin.has_change_permission(request)
    discount = Discount.objects.filter(pk=asked).first() if known else None
    form = form_for(request.user, DiscountForm)(request.POST, instance=discount)
    form.asks = False
    form.full_clean()
    said = sentence(form.composition(), seen_by(request.user))
    return HttpResponse(said, content_type="text/plain; charset=utf-8")
