"""The list of customer groups and a group's page (D3–D10). Rooms above add tabs to it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Case, F, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers.admin import group_members
from customers.admin.group_form import GroupAndNumbersForm, GroupForm
from customers.membership import add
from customers.models import CustomerGroup
from imports.backoffice import Tab, TabbedAdmin

BY_AUDIENCE = CustomerGroup.Type.AUDIENCE


@admin.register(CustomerGroup)
class CustomerGroupAdmin(TabbedAdmin):
    """Groups are renamed, never deleted (D4); the database refuses it too."""

    list_display = ["name", "type_of_sample", "users_count", "edit"]
    list_display_links = ["name"]
    list_select_related = ["audience"]
    search_fields = ["title"]
    search_help_text = _("Name of the group")
    ordering = ["title"]
    actions = None
    choices_only = True
    change_form_template = "admin/customers/customergroup/change_form.html"
    # On the page that adds a group: what it is made of, by the chosen type.
    conditional_fields = {"numbers": "type != 'audience'", "audience": "type == 'audience'"}
    tabs: ClassVar[list[Tab]] = [
        Tab("customers", _("Customers"), "customers.view_customer", group_members.render, order=10),
    ]

    class Media:
        css = {"all": ["customers/groups.css"]}

    @admin.display(description=pgettext_lazy("of a customer group", "Name"), ordering="title")
    def name(self, group: CustomerGroup) -> str:
        return group.title

    @admin.display(description=_("Type"), ordering="type")
    def type_of_sample(self, group: Any) -> str:
        """With the name of the audience for those only who may see audiences."""
        if not group.audience_id:
            return str(group.get_type_display())
        if not group.names_audience:
            return str(_("Follows an audience"))
        return f"{group.get_type_display()}: {group.audience}"

    @admin.display(description=_("Users count"), ordering="users")
    def users_count(self, group: Any) -> str:
        """Of a group by audience, as it was last counted."""
        uncounted = group.audience and group.audience.is_dynamic and not group.audience.counted_at
        return "–" if uncounted else str(number_format(group.users, force_grouping=True))

    @admin.display(description=_("Edit"))
    def edit(self, group: CustomerGroup) -> SafeString:
        return format_html(
            '<a class="bo-button bo-small" href="{}">{}<span class="bo-hidden"> {}</span></a>',
            reverse("admin:customers_customergroup_change", args=[group.pk]),
            _("Edit"),
            group.title,
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[CustomerGroup]:
        followed = When(type=BY_AUDIENCE, then=F("audience__members_count"))
        users = Case(followed, default=F("members_count"))
        may_see_audience = Value(request.user.has_perm("customers.view_audience"))
        groups = super().get_queryset(request)
        return groups.annotate(users=users, names_audience=may_see_audience)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        new_with_numbers = obj is None and request.user.has_perm("customers.change_members")
        kwargs["form"] = GroupAndNumbersForm if new_with_numbers else GroupForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who is in it is changed in the tab Customers only (D8)."""
        if obj:
            return ["title", "type_of_sample"]
        by_audience = request.user.has_perm("customers.view_audience")
        numbers = ["numbers"] if request.user.has_perm("customers.change_members") else []
        return ["title", "type", *numbers, "audience"] if by_audience else ["title", *numbers]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["type_of_sample"] if obj else []

    def save_model(self, request: Any, obj: CustomerGroup, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        numbers = form.cleaned_data.get("numbers")
        request.addition = add(group=obj, numbers=numbers) if numbers else None

    def response_add(
        self, request: Any, obj: CustomerGroup, post_url_continue: str | None = None
    ) -> HttpResponse:
        if request.addition is None:
            return super().response_add(request, obj, post_url_continue)
        there = reverse("admin:customers_customergroup_changelist")
        return group_members.report(self, request, obj, request.addition, there)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        group = kwargs.get("obj")
        context |= {"title": group.title if group else _("Customer group"), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return self.own_page(f"<int:group_id>/{route}", view, f"customers_group_{name}")

        return [
            page("customers/add/", group_members.add_page, "add_members"),
            page("customers/<int:customer_id>/remove/", group_members.remove_page, "remove_member"),
            *super().get_urls(),
        ]
