from django.urls import path

from loyalty.account.cashback import account_cashback
from loyalty.account.personal_offers import account_personal_offers, answer_personal_offer
from loyalty.account.purchases import account_purchase, account_purchases

app_name = "loyalty"
urlpatterns = [
    path("account/personal-offers/", account_personal_offers, name="account_personal_offers"),
    path(
        "account/personal-offers/<int:personal_offer_id>/",
        answer_personal_offer,
        name="answer_personal_offer",
    ),
    path("account/purchases/", account_purchases, name="account_purchases"),
    path("account/purchases/<uuid:purchase_id>/", account_purchase, name="account_purchase"),
    path("account/cashback/", account_cashback, name="account_cashback"),
]
