from django.urls import path
from django.views.i18n import set_language

from offers.views import account_offers

app_name = "offers"
urlpatterns = [
    path("account/offers/", account_offers, name="account_offers"),
    path("account/language/", set_language, name="language"),
]
