from allauth.account import views as account
from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path, re_path

from config.backoffice.dashboard import overview
from config.backoffice.session import session
from config.backoffice.sign_in import StaffSignIn
from config.backoffice.verification import verification
from loyalty.admin.purchases.pages import receipt, receipts
from promotions.admin.try_basket.page import try_basket
from promotions.admin.try_basket.search import find_customers, find_products

# Names are those by which allauth looks its pages up.
urlpatterns = [
    path("", admin.site.admin_view(overview), name="overview"),
    path("login/", StaffSignIn.as_view(), name="account_login"),
    path("logout/", LogoutView.as_view(next_page="account_login"), name="logout"),
    path("session/", session, name="session"),
    path("verify/", admin.site.admin_view(verification), name="verification"),
    path("receipts/", admin.site.admin_view(receipts), name="receipts"),
    path("receipts/<uuid:purchase_id>/", admin.site.admin_view(receipt), name="receipt"),
    path("try-a-basket/", admin.site.admin_view(try_basket), name="try_basket"),
    path(
        "try-a-basket/products/",
        admin.site.admin_view(find_products),
        name="try_basket_products",
    ),
    path(
        "try-a-basket/customers/",
        admin.site.admin_view(find_customers),
        name="try_basket_customers",
    ),
    path("security/", include("allauth.mfa.urls")),
    path("security/password/", account.reauthenticate, name="account_reauthenticate"),
    path("password-reset/", account.password_reset, name="account_reset_password"),
    path("password-reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password-reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password-reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
