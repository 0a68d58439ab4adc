from django.urls import path

from loyalty.views import account_cashback

app_name = "loyalty"
urlpatterns = [path("account/cashback/", account_cashback, name="account_cashback")]
