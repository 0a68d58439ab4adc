from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from django_prometheus.exports import ExportToDjangoView

from config.api import api
from config.health import healthz, readyz

urlpatterns = [
    path("", RedirectView.as_view(url="/account/offers/")),
    # Before the admin site, whose own sign-in knows no second factor.
    path("admin/", include("config.backoffice.urls")),
    path("admin/", admin.site.urls),
    path("account/", include("customers.sign_in.urls")),
    path("api/v1/", api.urls),
    path("", include("offers.urls")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", ExportToDjangoView),
]
