from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django_prometheus.exports import ExportToDjangoView


def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, which sends `Authorization: Bearer METRICS_TOKEN`.

    Without that token in the settings the page exists with DEBUG only: counts of sign-ins and
    imports are nobody else's business.
    """
    told = request.headers.get("Authorization", "")
    expected = f"Bearer {settings.METRICS_TOKEN}" if settings.METRICS_TOKEN else None
    if constant_time_compare(told, expected) if expected else settings.DEBUG:
        return ExportToDjangoView(request)
    raise Http404
