from django.urls import path

from promotions.views import account_promotions, choose_products

app_name = "promotions"
urlpatterns = [
    path("account/promotions/", account_promotions, name="account_promotions"),
    path("account/promotions/<int:promotion_id>/", choose_products, name="choose_products"),
]
