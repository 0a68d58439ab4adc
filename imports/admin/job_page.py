"""The page of one job in all its states, and what can be done there."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import structlog
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from imports import jobs
from imports.admin.import_page import import_url
from imports.admin.wording import COUNTED_STATES, headline, label, parts
from imports.models import RUNNING, Job, Progress
from imports.narrowing import ChangeOfOne
from imports.waiting import why_waiting

if TYPE_CHECKING:
    from imports.admin.jobs import JobAdmin

STEPS: dict[str, Callable[[Job, Any], bool]] = {
    "confirm": lambda job, user: jobs.confirm(job),
    "cancel": lambda job, user: jobs.cancel(job),
    "undo": lambda job, user: jobs.undo(job, user=user),
}
log = structlog.get_logger(__name__)


def job_page(admin: "JobAdmin", request: HttpRequest, job_id: int) -> HttpResponseBase:
    job = _visible(admin, request, job_id)
    context = {
        "parts": parts(job),
        "to_import": job.created + job.updated,
        "can_undo": job.can_be_undone,
        "show_reasons": job.reasons and job.state in COUNTED_STATES,
        "again_url": import_url(job.type, job.options) if job.kind.takes_file else "",
        "about_url": _about_url(job, request.user),
        **standing(job),
    }
    return _page(admin, request, job, "job.html", context)


def _about_url(job: Any, user: Any) -> str:
    """Of the page of what the job is about, where there is one that this user may see."""
    if not isinstance(job.kind, ChangeOfOne) or not job.about:
        return ""
    opts = job.kind.model._meta
    if not user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
        return ""
    page = f"admin:{opts.app_label}_{opts.model_name}_change"
    return reverse(page, args=[job.options[job.kind.option]])


def progress(admin: "JobAdmin", request: HttpRequest, job_id: int) -> HttpResponseBase:
    """What the page asks for every second while the job runs."""
    job = _visible(admin, request, job_id)
    return JsonResponse({"state": job.state, **standing(job)})


def standing(job: Any) -> dict[str, Any]:
    """How far a running job is. Three queries at most."""
    running = job.state in RUNNING
    told = Progress.objects.filter(job=job).first() if running else None
    return {
        "headline": headline(job, job.kind),
        "running": running,
        "step": told.step if told else "",
        "percent": round(100 * told.share) if told else 0,
        "waiting": why_waiting(job, timezone.now()),
    }


def take_step(admin: "JobAdmin", request: HttpRequest, job_id: int, step: str) -> HttpResponseBase:
    """Confirm, cancel or undo. A second press changes nothing and shows how the job stands."""
    job = _visible(admin, request, job_id)
    if step not in STEPS:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if STEPS[step](job, request.user):
        log.info(f"import_{step}", job=job.pk, type=job.type, user=request.user.pk)
    return redirect("admin:imports_job_change", job.pk)


def undo(admin: "JobAdmin", request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Asks first; the answer is a POST."""
    if request.method == "POST":
        return take_step(admin, request, job_id, "undo")
    job = _visible(admin, request, job_id)
    if not job.can_be_undone:
        return redirect("admin:imports_job_change", job.pk)
    return _page(admin, request, job, "undo.html", {"parts": parts(job)})


def rejects(admin: "JobAdmin", request: HttpRequest, job_id: int) -> HttpResponseBase:
    """The refused lines, to be mended and sent in again; kept by no cache, like all pages here."""
    job = _visible(admin, request, job_id)
    if not job.rejects:
        raise Http404
    log.info("rejects_downloaded", job=job.pk, type=job.type, user=request.user.pk)
    return FileResponse(
        job.rejects.open("rb"),
        as_attachment=True,
        filename=f"{job.type}-rejects-{job.pk}.csv",
        content_type="text/csv; charset=utf-8",
    )


def _visible(admin: "JobAdmin", request: HttpRequest, job_id: int) -> Any:
    """The job, if this user may see its like; otherwise as if there were none."""
    job = get_object_or_404(admin.get_queryset(request).select_related("user"), pk=job_id)
    label([job])
    return job


def _page(
    admin: "JobAdmin", request: HttpRequest, job: Any, template: str, context: dict[str, Any]
) -> HttpResponseBase:
    title = f"{job.kind.title}: {job.about}" if job.about else str(job.kind.title)
    common = {
        **admin.admin_site.each_context(request),
        "title": title,
        "job": job,
        "opts": admin.opts,
    }
    return TemplateResponse(request, f"admin/imports/job/{template}", {**common, **context})
