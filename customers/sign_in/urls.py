from allauth.account import views as account
from django.urls import path

from customers.sign_in.views import ConfirmCode, RequestCode

# Names are those by which allauth looks its pages up.
urlpatterns = [
    path("sign-in/", RequestCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/", ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("sign-out/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
]
