"""The account page of promotions as it reads, and what it is about."""

import html
import re

from django.utils import timezone

from promotions.models import PointOfSale
from promotions.pricing.quoting import quote_basket
from tests.factories import (
    DAY,
)
from tests.pages import signed_in
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_product_set,
)
from tests.promotions.pricing.baskets import make_basket

PAGE = "/account/promotions/"


def discounted(promotion, *, default=None, target=True, **fields):
    """The promotion in use by a discount that is live now."""
    now = timezone.now()
    discount = make_discount(**{"start": now - DAY, "end": now + DAY, **fields})
    make_product_set(
        discount,
        personalized_promotion=promotion,
        default_product=default,
        gets_discount=target,
    )
    return discount


def promotion_for(customer, goods, *, chosen=(), default=None, **fields):
    promotion = make_personalized_promotion(**fields)
    make_list(promotion, customer, goods, chosen=chosen)
    discounted(promotion, default=default)
    return promotion


def page_of(customer):
    return signed_in(customer.user).get(PAGE)


def plain(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def titles(response):
    return [plain(each) for each in re.findall(r"<h2.*?</h2>", response.content.decode(), re.S)]


def options(response):
    """What each product's card says."""
    found = re.findall(
        r'<(?:label|div) class="option.*?</(?:label|div)>', response.content.decode(), re.S
    )
    return [plain(each) for each in found]


def ticked(response):
    body = response.content.decode()
    return [int(pk) for pk in re.findall(r'name="product" value="(\d+)" checked', body)]


def form(response, promotion, wanted, **sent):
    """What the promotion's form sends when these of the products that it shows are ticked."""
    body = response.content.decode()
    section = body[body.index(f'id="promotion-{promotion.pk}"') :]
    shown = re.search(r'name="shown" value="([\d,]*)"', section)[1]
    products = [product.pk for product in wanted]
    assert {str(pk) for pk in products} <= set(shown.split(","))
    return {"shown": shown, "product": products, **sent}


def till(customer, product):
    """What one of it costs less."""
    basket = make_basket(PointOfSale.objects.get(), (product, 1, str(product.price)))
    return quote_basket(basket, customer_id=customer.pk, at=timezone.now()).quote.discount
