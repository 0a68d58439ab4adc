"""What needs a thing of the catalogue, said on its page; deleted is only what nothing needs."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, router, transaction
from django.db.models import PROTECT, Model, ProtectedError
from django.db.models.deletion import Collector, get_candidate_relations_to_delete
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from imports.backoffice import BackofficeAdmin
from imports.resources import Text
from promotions.admin.catalogue.uses import Shown, shown_uses
from promotions.models import DiscountItem, ProductSet

MOST = 50


class ExplainedDeletion(BackofficeAdmin):
    """Says what needs a thing, on its page and in place of Django's, which lists all below it."""

    delete_title: ClassVar[Text]
    delete_text: ClassVar[Text] = ""

    def around(self, obj: Any, user: Any) -> dict[str, Any]:
        """What its page shows beside the form; `obj` is None where there is no such thing."""
        return {"uses": shown_uses(obj, user)}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        context = self.around(obj, request.user) | {"title": str(obj)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def needs(self, request: HttpRequest, obj: Any) -> list[Shown]:
        """What uses it, and whatever else would keep the database from deleting it."""
        uses = shown_uses(obj, request.user) or _in_words(_some_that_protect(obj), request.user)
        if uses:
            return uses
        collector = Collector(using=router.db_for_write(type(obj)), origin=obj)
        try:
            collector.collect([obj])
        except ProtectedError as error:
            return _in_words(error.protected_objects, request.user)
        return []

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        obj = self.get_object(request, object_id)
        if not self.has_delete_permission(request, obj):
            raise PermissionDenied
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        needs = self.needs(request, obj)
        if request.method == "POST" and not needs:
            needs = self._delete(request, obj)
            if not needs:
                messages.success(request, _("“%s” was deleted.") % obj)
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "title": self.delete_title,
            "text": self.delete_text,
            "needs": needs,
        }
        return TemplateResponse(request, "admin/promotions/catalogue/delete.html", context)

    def _delete(self, request: HttpRequest, obj: Model) -> list[Shown]:
        """What began to need it a moment ago, if anything did."""
        pk = obj.pk
        try:
            with transaction.atomic():
                self.log_deletions(request, self.model.objects.filter(pk=obj.pk))
                self.delete_model(request, obj)
        except ProtectedError as error:
            return _in_words(error.protected_objects, request.user)
        except IntegrityError:  # Since Django looked. What nothing is said of fails again.
            obj.pk = pk
            if needs := self.needs(request, obj):
                return needs
            raise
        return []


def _some_that_protect(obj: Model) -> list[Model]:
    """A few of each kind that refer to it; Django's collector would fetch every one."""
    relations: Iterable[Any] = get_candidate_relations_to_delete(obj._meta)
    keys = [each.field for each in relations if each.on_delete is PROTECT]
    return [
        each for key in keys for each in key.model._base_manager.filter(**{key.name: obj})[:MOST]
    ]


def _in_words(protected: Iterable[Model], user: Any) -> list[Shown]:
    return sorted({_need(each, user) for each in protected}, key=lambda n: n.text)[:MOST]


def _need(each: Model, user: Any) -> Shown:
    owner = each.discount if isinstance(each, DiscountItem | ProductSet) else each
    meta = owner._meta
    if not admin.site.is_registered(type(owner)):  # As receipts, of which there are millions.
        return Shown(capfirst(str(meta.verbose_name_plural)))
    text = f"{capfirst(str(meta.verbose_name))} “{owner}”"
    if not user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        return Shown(text)
    return Shown(text, reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[owner.pk]))
