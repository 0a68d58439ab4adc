"""The demo's catalogue: a tree of products that fits the demo's offers."""

import tomllib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from promotions.catalogue.tree import paths
from promotions.demo import loading
from promotions.demo.loading import ean, load_catalogue
from promotions.demo.motifs import MOTIFS
from promotions.models import Barcode, Category, PointOfSale, Product, ProductGroup


def entries(kind):
    file = Path(loading.__file__).with_name("catalogue.toml")
    return tomllib.loads(file.read_text("utf-8"))[kind]


@pytest.mark.django_db
def test_products_have_a_category_a_price_a_barcode_and_a_picture():
    load_catalogue()
    products = Product.objects.select_related("category")
    assert products.count() == sum(len(each.get("products", [])) for each in entries("category"))
    for product in products:
        product.full_clean()
        assert product.price > 0
        assert default_storage.size(product.picture.name) > 500
    assert Barcode.objects.count() == products.count()
    lips = Category.objects.get(external_id="lips")
    assert paths([lips.pk])[lips.pk] == ("Beauty", "Decorative cosmetics", "Lips")


@pytest.mark.django_db
def test_groups_and_points_of_sale_are_those_that_offers_need():
    load_catalogue()
    school = ProductGroup.objects.get(name="All for School")
    assert school.members.count() == 13
    sovetsky = PointOfSale.objects.get(name="Sovetsky supermarket")
    assert (sovetsky.key, sovetsky.channel, sovetsky.currency) == ("P1", "retail", "UAH")
    for each in PointOfSale.objects.all():
        each.full_clean()
    assert PointOfSale.objects.filter(channel="online").count() == 3


def test_every_motif_and_every_product_is_named_once():
    assert {each["motif"] for each in entries("category") if "motif" in each} == set(MOTIFS)
    skus = [sku for each in entries("category") for sku, *_ in each.get("products", [])]
    assert len(skus) == len(set(skus))
    for group in entries("group"):
        assert set(group["products"]) <= set(skus), group["name"]


@pytest.mark.parametrize(
    ("number", "code"), [(200_000_000_000, "2000000000008"), (400_638_133_393, "4006381333931")]
)
def test_barcodes_end_in_their_check_digit(number, code):
    assert ean(number) == code
