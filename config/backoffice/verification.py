"""The Verify page: every invariant by name, and the evidence where one does not hold."""

from typing import Any

import structlog
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from customers.verification import stated, verify

PERMISSION = "loyalty.verify"
log = structlog.get_logger(__name__)


def verification(request: HttpRequest) -> HttpResponse:
    """Nothing is read before the button is pressed: each invariant reads whole tables.

    With a script, the invariants are asked for one by one; without, all in one answer.
    """
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    chosen = request.POST.getlist("name") if request.method == "POST" else []
    asked = [each for each in stated() if each.name in chosen]
    findings = {each.invariant.name: each for each in verify(asked, at=timezone.now())}
    for name, finding in findings.items():
        log.info("verified", invariant=name, broken=finding.broken, user=request.user.pk)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Verify"),
        "rows": [(each, findings.get(each.name)) for each in stated()],
        "asked": bool(findings),
        "all_hold": len(findings) == len(stated())
        and all(each.holds for each in findings.values()),
        "at": timezone.now(),
    }
    return TemplateResponse(request, "admin/verification.html", context)
