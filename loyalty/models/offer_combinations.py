"""Which combinations of a personal offer's columns have a meaning, in kind words."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

COMBINATIONS = [
    models.UniqueConstraint(
        Lower("name"),
        name="personal_offer_name_unique",
        violation_error_message=_("Another personal offer has this name."),
    ),
    models.CheckConstraint(
        condition=Q(end__gt=F("start")),
        name="personal_offer_end_after_start",
        violation_error_message=_("The end date must be after the start date."),
    ),
    models.CheckConstraint(
        condition=~Q(preference="discount", method="percentage") | Q(value__lte=100),
        name="personal_offer_percentage_at_most_100",
        violation_error_message=_("A percentage is at most 100."),
    ),
    models.CheckConstraint(
        condition=~Q(currency="")
        | ~Q(preference="discount", method="amount") & ~Q(mechanic="receipt_amount"),
        name="personal_offer_money_has_currency",
        violation_error_message=_("Say in which currency the amounts are."),
    ),
    models.CheckConstraint(
        condition=~Q(mechanic="receipt_amount") | Q(scope="receipt"),
        name="personal_offer_of_receipt_amount_is_on_receipt",
        violation_error_message=_("Receipt amounts get it on the receipt."),
    ),
    models.CheckConstraint(
        condition=Q(mechanic__in=["audience", "receipt_amount"]) | ~Q(scope="receipt"),
        name="personal_offer_of_items_is_not_on_receipt",
        violation_error_message=_(
            "Products, categories and groups of each customer get it on units or lines."
        ),
    ),
    models.CheckConstraint(
        condition=Q(mechanic="audience") | Q(everything=False, all_customers=False),
        name="personal_offer_of_items_names_no_goods",
        violation_error_message=_(
            "For whom and on what each customer's items say: not all customers, nor all products."
        ),
    ),
    models.CheckConstraint(
        condition=Q(units__isnull=True) | Q(scope="units"),
        name="personal_offer_units_on_units",
        violation_error_message=_(
            "Only an offer on each unit has a most of units: leave it empty."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(mechanic="receipt_amount") | Q(quantity=1),
        name="personal_offer_of_receipt_amount_has_no_quantity",
        violation_error_message=_("Receipt amounts ask for no quantity."),
    ),
    models.CheckConstraint(
        condition=Q(budget__isnull=True) | ~Q(currency="") | Q(preference="points"),
        name="personal_offer_budget_has_currency",
        violation_error_message=_("Say in which currency the budget is."),
    ),
    models.CheckConstraint(
        condition=~Q(mechanic="audience") | Q(value__isnull=False),
        name="personal_offer_audience_has_value",
        violation_error_message=_("Say how much members of the audience get."),
    ),
]
