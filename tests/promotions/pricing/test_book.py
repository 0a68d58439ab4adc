"""What the process knows of prices is what the database says, after every kind of change."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from customers.models import Audience, CustomerGroup
from promotions.models import Category, Discount, DiscountItem, PointOfSale, Product
from promotions.pricing.book import Book, Version
from promotions.pricing.quoting import quote_basket
from tests.factories import DAY, NOON, make_audience, make_customer, make_group
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_list,
    make_personalized_promotion,
    make_product,
    make_product_set,
)
from tests.promotions.pricing.baskets import make_basket, off

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_query_while_nothing_changes_for_any_number_of_lines(place, django_assert_num_queries):
    products = [make_product() for _ in range(20)]
    for product in products:
        DiscountItem.objects.create(discount=make_discount(most_a_day=1), product=product)
    promotion, ann = make_personalized_promotion(), make_customer()
    discount = make_discount()
    make_product_set(
        discount, gets_discount=True, personalized_promotion=promotion, default_product=products[0]
    )
    make_list(promotion, ann, products)
    aimed = make_discount(everything=True)
    DiscountItem.objects.create(
        discount=aimed,
        audience=make_audience({"field": "first_name", "is": "equals_any", "value": ["Ann"]}),
    )
    for lines in (1, 20):
        asked = make_basket(place, *((product, 1, "2.00") for product in products[:lines]))
        assert off(asked, ann) == lines
        with django_assert_num_queries(1):
            assert off(asked, ann) == lines


def test_what_can_not_be_computed_gives_no_discount_and_leaves_the_others_theirs(place):
    """It comes past the forms, which refuse it: product sets that are missing."""
    make_discount(action=Discount.Action.PRODUCT_SETS, everything=True)
    make_discount(value=20, everything=True)
    assert off(make_basket(place, (make_product(), 1, "10.00"))) == 2


def test_every_way_of_changing_a_discount_is_seen_by_the_next_basket(place):
    tea, cake = make_product(), make_product()
    asked = make_basket(place, (tea, 1, "10.00"))
    assert off(asked) == 0
    discount = make_discount()
    item = DiscountItem.objects.create(discount=discount, product=tea)
    assert off(asked) == 5
    discount.value = 20
    discount.save()
    assert off(asked) == 2
    Discount.objects.update(value=30)
    assert off(asked) == 3
    with connection.cursor() as cursor:
        cursor.execute("UPDATE promotions_discount SET value = 40")
    assert off(asked) == 4
    DiscountItem.objects.filter(pk=item.pk).update(product=cake)
    assert off(asked) == 0
    item.product = tea
    item.save()
    condition = discount.conditions.create(kind="products", quantity=2, everything=True)
    assert off(asked) == 0
    condition.delete()
    assert off(asked) == 4
    Discount.objects.update(is_active=False)
    assert off(asked) == 0
    Discount.objects.update(is_active=True)
    discount.delete()
    assert off(asked) == 0


def test_points_of_sale_and_the_tree_of_categories_are_known_anew(place):
    food, toys = make_category(), make_category()
    sweets = make_category(parent=toys)
    cake = make_product(category=sweets)
    DiscountItem.objects.create(discount=make_discount(), category=food)
    asked = make_basket(place, (cake, 1, "10.05"))
    assert off(asked) == 0
    Category.objects.filter(pk=sweets.pk).update(parent=food)
    assert str(off(asked)) == "5.03"
    Product.objects.update(category=toys)
    assert off(asked) == 0
    Product.objects.update(category=food)
    PointOfSale.objects.update(currency="JPY")
    assert str(off(make_basket(place, (cake, 1, "10")))) == "5"


def test_what_audiences_and_groups_mean_is_known_anew(place):
    ann = make_customer(first_name="Ann")
    nobody = {"field": "first_name", "is": "equals_any", "value": ["Nobody"]}
    audience, other = make_audience(nobody), make_audience(nobody)
    group = make_group(type="audience", audience=other)
    DiscountItem.objects.create(discount=make_discount(everything=True), audience=audience)
    DiscountItem.objects.create(
        discount=make_discount(everything=True, stacking="combines"), customer_group=group
    )
    asked = make_basket(place, ("a", 1, "8.00"))
    assert off(asked, ann) == 0
    anns = {"field": "first_name", "is": "equals_any", "value": ["Ann"]}
    Audience.objects.filter(pk=audience.pk).update(conditions=anns)
    assert off(asked, ann) == 4
    CustomerGroup.objects.update(audience=audience)
    assert off(asked, ann) == 6


def test_a_change_that_is_undone_was_never_priced(place):
    make_discount(everything=True)
    asked = make_basket(place, ("a", 1, "10.00"))
    assert off(asked) == 5
    with transaction.atomic():
        for value in (10, 20):
            Discount.objects.update(value=value)
            assert off(asked) == value / 10
        transaction.set_rollback(True)
    assert off(asked) == 5


def test_scheduled_discounts_begin_by_the_clock_alone(place, django_assert_num_queries):
    make_discount(everything=True, start=NOON, end=NOON + DAY)
    asked = make_basket(place, ("a", 1, "10.00"))
    tick = dt.timedelta(microseconds=1)
    assert off(asked, at=NOON - DAY) == 0
    with django_assert_num_queries(4):
        moments = (NOON - tick, NOON, NOON + DAY - tick, NOON + DAY)
        assert [off(asked, at=at) for at in moments] == [0, 5, 5, 0]


def test_a_till_that_was_offline_gets_the_prices_of_its_moment(place, django_assert_num_queries):
    """What had ended is read again, once."""
    make_discount(everything=True, end=NOON)
    asked = make_basket(place, ("a", 1, "10.00"))
    earlier = NOON - DAY / 2
    assert [off(asked, at=at) for at in (NOON, earlier)] == [0, 5]
    with django_assert_num_queries(4):
        assert [off(asked, at=at) for at in (NOON, earlier)] * 2 == [0, 5] * 2
        assert [off(asked, at=at) for at in (NOON, earlier)] == [0, 5]


def test_a_question_about_long_ago_or_hence_burdens_nobody_else(place, django_assert_num_queries):
    then, hence = (
        make_discount(start=NOON + n * DAY, end=NOON + (n + 1) * DAY, everything=True)
        for n in (-300, 300)
    )
    asked = make_basket(place, ("a", 1, "10.00"))
    moments = [NOON, then.start, hence.start]
    assert [off(asked, at=at) for at in moments] == [0, 5, 5]
    for _round in range(2):
        priced = quote_basket(asked, customer_id=None, at=NOON)
        assert list(priced.book.by_key) == [("discount", hence.pk)]
    # Where another book was asked for before, it is asked who buys once more.
    with django_assert_num_queries(1 + 2 + 2):
        assert [off(asked, at=at) for at in moments] == [0, 5, 5]


def test_threads_price_no_mixture_while_discounts_change(place):
    """Each transaction changes both discounts alike: their sum is even at any moment."""
    tea, cake = make_product(), make_product()
    for product in (tea, cake):
        discount = make_discount(kind="amount", value=0, currency="EUR")
        DiscountItem.objects.create(discount=discount, product=product)
    asked = make_basket(place, (tea, 1, "100.00"), (cake, 1, "100.00"))
    seen, done = [], threading.Event()

    def look():
        while not done.is_set():
            quote = quote_basket(asked, customer_id=None, at=NOON).quote
            seen.append(tuple(line.discount for line in quote.lines))
        connection.close()

    lookers = [threading.Thread(target=look) for _ in range(3)]
    for looker in lookers:
        looker.start()
    for number in range(1, 20):
        with transaction.atomic():
            for discount in Discount.objects.all():
                discount.value = number
                discount.save()
        assert off(asked) == 2 * number
    done.set()
    for looker in lookers:
        looker.join()
    assert {pair for pair in seen if pair[0] != pair[1]} == set()


def test_a_book_serves_from_its_moment_for_a_month_and_no_longer():
    version = Version(1, 1, 1)
    book = Book(version, NOON)
    last = dt.timedelta(days=31) - dt.timedelta(microseconds=1)
    moments = [NOON - dt.timedelta(microseconds=1), NOON, NOON + last, NOON + 31 * DAY]
    assert [book.holds(version, at) for at in moments] == [False, True, True, False]
    assert not book.holds(version._replace(rules=2), NOON)
