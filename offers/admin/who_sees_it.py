"""The section of an offer's form that explains who sees it, and counts them when asked."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from customers.admin.target_choice import TARGETS, form_for
from customers.admin.target_rights import seen_by, unnamed
from offers.admin.target_fields import TargetsForm
from offers.models import PrivateOffer
from offers.reach import Reach, reach

EXPLAINED = _(
    "A private offer is seen by whoever is reached in at least one of three ways: by an e-mail"
    " address assigned to it, by a customer group, or by an audience. Groups and audiences count"
    " as they are at the moment when somebody looks."
)

SHOWN = [
    *("everybody", "emails", "emails_and_import", "reach"),
    *("groups_shown", "audiences_shown", "groups_unnamed", "audiences_unnamed"),
]


class WhoSeesIt:
    """Read-only rows of the section, beside the fields of TargetsForm."""

    def get_fieldsets(self, request: HttpRequest, obj: PrivateOffer | None = None) -> Any:
        fieldsets: Any = super().get_fieldsets(request, obj)  # type: ignore[misc]
        general, *others = fieldsets
        return [general, (_("Who sees it"), self._section(request, obj)), *others]

    def _section(self, request: HttpRequest, offer: PrivateOffer | None) -> dict[str, Any]:
        if offer is not None and offer.is_public:
            return {"fields": ["everybody"]}
        may_import = request.user.has_perm("offers.import_assignments")
        emails = "emails_and_import" if may_import else "emails"
        return {"fields": [emails, *self._targets(request, offer)], "description": EXPLAINED}

    def _targets(self, request: HttpRequest, offer: PrivateOffer | None) -> list[str]:
        """Those to choose from or to read, those only to know of, and who is reached in all."""
        seen = seen_by(request.user)
        may_choose = cast(Any, self).has_change_permission(request, offer) if offer else True
        rows = [
            (name if may_choose else f"{kept}_shown") if kept in seen else f"{kept}_unnamed"
            for name, kept in TARGETS.items()
        ]
        return [*rows, "reach"] if may_choose and seen else rows

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[TargetsForm]:
        return form_for(request.user, super().get_form(request, *args, **kwargs))  # type: ignore[misc]

    def get_readonly_fields(self, request: HttpRequest, obj: PrivateOffer | None = None) -> Any:
        return ["is_public", *SHOWN] if obj else SHOWN

    @admin.display(description=_("Who sees it"))
    def everybody(self, offer: PrivateOffer) -> str:
        told = _(
            "Every signed-in customer: it is public. It takes no e-mails, groups or audiences."
        )
        return str(told)

    @admin.display(description=_("E-mails"))
    def emails(self, offer: PrivateOffer) -> SafeString:
        return _drawn("emails", offer, may_import=False)

    @admin.display(description=_("E-mails"))
    def emails_and_import(self, offer: PrivateOffer) -> SafeString:
        return _drawn("emails", offer, may_import=True)

    @admin.display(description=_("Customer groups"))
    def groups_shown(self, offer: PrivateOffer) -> str:
        return ", ".join(map(str, offer.groups.all())) or "–"

    @admin.display(description=_("Audiences"))
    def audiences_shown(self, offer: PrivateOffer) -> str:
        return ", ".join(map(str, offer.audiences.all())) or "–"

    @admin.display(description=_("Customer groups"))
    def groups_unnamed(self, offer: PrivateOffer) -> str:
        return _unnamed("groups", offer)

    @admin.display(description=_("Audiences"))
    def audiences_unnamed(self, offer: PrivateOffer) -> str:
        return _unnamed("audiences", offer)

    @admin.display(description=_("In all"))
    def reach(self, offer: PrivateOffer) -> SafeString:
        return _drawn("reach", offer)


def _unnamed(kept: str, offer: PrivateOffer) -> str:
    number = getattr(offer, kept).count() if offer.pk else 0
    return (
        unnamed(kept, number)
        if number
        else gettext("None. Only those who may see them can choose them.")
    )


def _drawn(part: str, offer: PrivateOffer, **context: Any) -> SafeString:
    template = f"admin/offers/privateoffer/who_sees_it_{part}.html"
    return SafeString(render_to_string(template, {"offer": offer, **context}))


def counted_reach(admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """How many would see the offer with what is ticked in the posted form; nothing is saved."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    form = form_for(request.user, TargetsForm)(request.POST)
    if TARGETS.keys() & request.POST.keys() - form.fields.keys():
        raise PermissionDenied
    if not form.is_valid():
        return HttpResponse(gettext("Choose groups and audiences that exist."), status=400)
    asked = request.GET.get("offer", "")
    offer = PrivateOffer.objects.filter(pk=asked).first() if asked.isdecimal() else None
    said = _counted(offer, form)
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


def _counted(offer: PrivateOffer | None, form: TargetsForm) -> str:
    chosen = {kept: form.cleaned_data.get(name, ()) for name, kept in TARGETS.items()}
    try:
        said = in_words(reach(offer=offer, **chosen, at=timezone.localtime()))
    except ValidationError as error:
        return error.messages[0]
    if len(form.seen) == len(TARGETS):
        return said
    return f"{said}. " + gettext("Whoever is in what you may not see is not counted.")


def in_words(found: Reach) -> str:
    total = ngettext("%(total)s person", "%(total)s people", found.total)
    parts = gettext("%(emails)s by e-mail, %(others)s more in these groups and audiences")
    numbers = {
        name: number_format(getattr(found, name), force_grouping=True)
        for name in ("total", "emails", "others")
    }
    return f"{total}: {parts}" % numbers
