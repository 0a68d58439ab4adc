from django.contrib import admin
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config.api import api
from config.errors import no_such_address
from config.metrics import metrics
from offers.altshops import altshop_at

urlpatterns = [
    path("", RedirectView.as_view(url="/account/offers/")),
    # Before the admin site, whose own sign-in knows no second factor.
    path("admin/", include("config.backoffice.urls")),
    path("admin/", admin.site.urls),
    path("account/", include("customers.sign_in.urls")),
    path("api/v1/", no_such_address),
    path("api/v1/", api.urls),
    re_path("^api(?:/|$)", no_such_address),
    path("", include("offers.urls")),
    # They stand below altshops, but their pages bear the altshop's name.
    path("", include("promotions.urls"), {"altshop_at": altshop_at}),
    path("", include("loyalty.urls")),
    path("metrics", metrics),
    # For those who look for it without reading a page; the manifest is known only at run time.
    path("favicon.ico", lambda request: redirect(static("offers/icon.svg"))),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
