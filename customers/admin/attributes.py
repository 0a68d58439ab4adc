"""Attributes of customers: what staff want to know about them."""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.attribute_form import AttributeForm
from customers.admin.customer_attributes import save_attributes
from customers.attributes.fields import Field
from customers.attributes.removal import AttributeRemoval, reason_against
from customers.attributes.rules import SHOWN_CHOICES
from customers.attributes.uses import customers_with
from customers.models import AttributeDefinition, User
from customers.models.attributes import STANDARD
from imports import jobs
from imports.backoffice import BackofficeAdmin

# What the standard attributes are for, and the label that is suggested.
SUGGESTED = {
    "gender": (gettext_lazy("Gender"), gettext_lazy("for greetings and audiences")),
    "city": (gettext_lazy("City"), gettext_lazy("where the customer lives")),
    "district": (gettext_lazy("District"), gettext_lazy("which part of the city they live in")),
    "accepts_marketing": (
        gettext_lazy("Accepts marketing"),
        gettext_lazy("whether they agreed to be written to"),
    ),
    "children_birth_dates": (
        gettext_lazy("Children's birth dates"),
        gettext_lazy("for parents of children of an age"),
    ),
    "cars": (gettext_lazy("Cars"), gettext_lazy("which makes they drive")),
    "employee": (
        gettext_lazy("Employee"),
        gettext_lazy("whether they work for us: for promotions of employees"),
    ),
}


@admin.register(AttributeDefinition)
class AttributeAdmin(BackofficeAdmin):
    """The list of attributes, and the form of one. Key and type are final."""

    form = AttributeForm
    list_title = gettext_lazy("Attributes")
    list_display = ("label", "key", "type", "shown_choices")
    search_fields = ("label", "key")
    ordering = ("label",)
    fields = ("label", "key", "type", "choices")
    actions = None

    class Media:
        css = {"all": ["customers/attributes.css"]}

    @admin.display(description=gettext_lazy("choices"), empty_value="–")
    def shown_choices(self, definition: AttributeDefinition) -> str | None:
        more = ["…"] if len(definition.choices) > SHOWN_CHOICES else []
        return ", ".join([*definition.choices[:SHOWN_CHOICES], *more]) or None

    def get_readonly_fields(
        self, request: HttpRequest, obj: AttributeDefinition | None = None
    ) -> Any:
        return ("key", "type") if obj else ()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        offered = suggestions() if self.has_add_permission(request) else []
        return super().changelist_view(request, {"suggestions": offered, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {"title": str(context["original"] or _("Attribute")), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        route, name = "of-customer/<int:customer_id>/", "customers_customer_attributes"
        return [self.own_page(route, save_attributes, name), *super().get_urls()]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asks first and says how many customers lose a value; then a job does it."""
        definition = self.get_object(request, object_id)
        if not self.has_delete_permission(request, definition):
            raise PermissionDenied
        if definition is None:
            return redirect("admin:customers_attributedefinition_changelist")
        if request.method == "POST":
            return _removed(request, definition)
        refusal = reason_against(definition)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": definition,
            "title": _("Delete attribute"),
            "refusal": refusal,
            "number": None if refusal else customers_with(Field.of(definition)).count(),
        }
        return TemplateResponse(
            request, "admin/customers/attributedefinition/delete_confirmation.html", context
        )


def _removed(request: HttpRequest, definition: AttributeDefinition) -> HttpResponse:
    try:
        job = jobs.start(
            type=AttributeRemoval.slug,
            options={"attribute": definition.key},
            user=cast(User, request.user),
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("admin:customers_attributedefinition_change", definition.pk)
    return redirect("admin:imports_job_change", job.pk)


def suggestions() -> list[dict[str, Any]]:
    """The standard attributes that nobody has defined yet, with where to add each. One query."""
    known = set(AttributeDefinition.objects.filter(key__in=STANDARD).values_list("key", flat=True))
    page = reverse("admin:customers_attributedefinition_add")
    return [
        {
            "label": label,
            "meaning": meaning,
            "type": STANDARD[key][0].label,
            "url": f"{page}?{urlencode({'key': key, 'label': label, 'type': STANDARD[key][0]})}",
        }
        for key, (label, meaning) in SUGGESTED.items()
        if key not in known
    ]
