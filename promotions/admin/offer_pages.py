"""Pages that offers of all kinds have alike: their form, copy, deletion and history."""

from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from customers.admin.event_history import History, history_page
from customers.admin.target_choice import form_for
from imports.backoffice import BackofficeAdmin
from promotions.admin.stale import wait_for_others


class OfferPages(BackofficeAdmin):
    """What an offer is as a whole its form says: `composition()`, which is stored."""

    offer_form: ClassVar[type[Any]]
    history_of: ClassVar[History]
    copied: ClassVar["staticmethod[[HttpRequest, str], dict[str, Any]]"]
    """What the form of a copy holds at first, by the id of what is copied."""
    delete: ClassVar["staticmethod[[ModelAdmin, HttpRequest, Any], HttpResponseBase]"]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type:
        """Who may only look gets no fields: the page then tells what there is."""
        if change and not self.has_change_permission(request, obj):
            return super().get_form(request, obj, change, **kwargs)
        return form_for(request.user, self.offer_form)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        pk = request.GET.get("copy", "")
        return self.copied(request, pk) if pk else {}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        with transaction.atomic():
            if request.method == "POST":
                wait_for_others(object_id, self.model)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        offer = self.get_object(request, object_id)
        if offer is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.delete(self, request, offer)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return history_page(self, request, object_id, type(self).history_of)
