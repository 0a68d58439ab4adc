from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from django_prometheus.exports import ExportToDjangoView

from config.health import healthz, readyz

urlpatterns = [
    path("", RedirectView.as_view(url="/account/offers/")),
    path("admin/", admin.site.urls),
    path("account/", include("allauth.urls")),
    path("", include("offers.urls")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", ExportToDjangoView),
]
