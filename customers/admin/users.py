"""Staff and their roles. Customers' own sign-ins are none of these pages' business."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from unfold.decorators import display

from customers.grants import grantable_permissions, grantable_roles, outranks
from customers.models import User
from imports.backoffice.admin import BackofficeAdmin

DJANGOS = {
    "add": _("Can add"),
    "change": _("Can change"),
    "delete": _("Can delete"),
    "view": _("Can view"),
}
# Rights over tables that people never edit would only hide those that matter.
ROOMS = ["customers", "imports", "loyalty", "offers", "promotions"]

# allauth brings pages of its own, outside the theme and past the rules below.
for model in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


# In messages and on every page, Django's groups go by the name that people know them by.
Group._meta.verbose_name, Group._meta.verbose_name_plural = _("role"), _("roles")


class StaffForm(forms.ModelForm):
    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        known = User.objects.filter(email=email, is_staff=False).exists()
        if known:
            raise forms.ValidationError(
                _("A customer signs in with this address. Staff need another one.")
            )
        return email


@admin.register(User)
class StaffAdmin(BackofficeAdmin):
    """Staff choose their password by "Forgot your password": nobody else ever knows it."""

    form = StaffForm
    list_display = ("email", "person", "role_names", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    filter_horizontal = ("groups",)
    readonly_fields = ("last_login",)
    actions = ("remove_second_factors",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(is_staff=True).prefetch_related("groups")

    @display(description=pgettext_lazy("of a person", "name"))
    def person(self, user: User) -> str:
        return user.get_full_name()

    @display(description=_("roles"))
    def role_names(self, user: User) -> str:
        if user.is_superuser:
            return str(_("Superuser"))
        return ", ".join(group.name for group in user.groups.all())

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        fields = ["email", "first_name", "last_name", "groups", "is_active"]
        if request.user.is_superuser:
            fields.append("is_superuser")
        return [*fields, "last_login"] if obj else fields

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> Any:
        if obj is None:
            text = _("They choose their password by the link on the back-office's sign-in page.")
            kwargs["help_texts"] = {"email": text}
        return super().get_form(request, obj, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = grantable_roles(request.user)
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label = _("Roles")
        field.help_text = ""
        return field

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or outranks(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Staff leave by being made inactive: history keeps their name."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.is_staff = True
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def has_remove_second_factors_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    @admin.action(
        description=_("Remove second factors (lost phone)"), permissions=["remove_second_factors"]
    )
    def remove_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        Authenticator.objects.filter(user__in=queryset).delete()
        count = queryset.count()
        text = ngettext(
            "%d person sets up a new second factor at the next sign-in.",
            "%d people set up a new second factor at the next sign-in.",
            count,
        )
        messages.success(request, text % count)


class PermissionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, permission: Permission) -> str:
        kind = permission.content_type.name
        action = permission.codename.removesuffix(f"_{permission.content_type.model}")
        # Django keeps the names of its own four in English.
        return f"{capfirst(kind)}: {DJANGOS.get(action) or _(permission.name)}"


@admin.register(Group)
class RoleAdmin(BackofficeAdmin):
    search_fields = ("name",)
    ordering = ("name",)
    filter_horizontal = ("permissions",)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        offered = grantable_permissions(request.user).filter(content_type__app_label__in=ROOMS)
        offered = offered.exclude(content_type__model__endswith="event")  # of the history
        offered |= grantable_permissions(request.user).filter(content_type__model="group")
        kwargs["queryset"] = offered.select_related("content_type").order_by(
            "content_type__app_label", "content_type__model", "codename"
        )
        return super().formfield_for_manytomany(
            db_field, request, form_class=PermissionsField, **kwargs
        )

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj in grantable_roles(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj in grantable_roles(request.user))
