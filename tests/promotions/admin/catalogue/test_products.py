"""The list of products and the form of one."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from promotions.models import Barcode, Product
from tests.factories import picture_file
from tests.pages import column, errors, headers, links, page_text, rows, staff_with, user_of
from tests.promotions.admin.catalogue.rights import VIEW, all_of
from tests.promotions.factories import make_category, make_product, make_product_group
from tests.races import held, stopped_at

pytestmark = pytest.mark.django_db
LIST = "/admin/promotions/product/"
ADD = f"{LIST}add/"
ENTRIES = {"name": "Honey cake", "external_id": "CAK-1", "price": "12.5", "codes": ""}


@pytest.fixture
def client():
    return staff_with(*all_of("product"), *VIEW)


def upload(name="cake.png"):
    return SimpleUploadedFile(name, picture_file((640, 480)).read(), "image/png")


def test_a_product_is_listed_with_its_way_price_and_barcodes(client):
    cakes = make_category("Cakes", parent=make_category("Food"))
    codes = ["1", "2", "3", "4"]
    make_product("Cake", external_id="C-1", price="9.9", category=cakes, barcodes=codes)
    make_product("Bolt", external_id="B-1", price="0.125")
    page = client.get(LIST)
    assert headers(page) == ["Picture", "ID", "Name", "Category", "Price", "Barcodes"]
    assert [list(row.values())[1:] for row in rows(page)] == [
        ["B-1", "Bolt", "–", "0.125", "–"],
        ["C-1", "Cake", "Food › Cakes", "9.90", "1, 2, 3 (+1)"],
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_however_long(client, django_assert_num_queries, number):
    for each in range(number):
        top = make_category(parent=make_category())
        make_product(category=top, barcodes=[f"{each}1", f"{each}2"])
    client.get(LIST)
    # The session, the user, two of rights; the clock; the filter; count and rows; barcodes and
    # categories.
    with django_assert_num_queries(10):
        client.get(LIST)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("honey", ["Honey cake", "Honey jar"]),
        ("cake HONEY", ["Honey cake"]),
        ("JAR-7", ["Honey jar"]),
        ("5900001", ["Honey cake"]),
        ("59000", ["Honey cake"]),
        ("900001", []),
        ("901", ["Honey jar"]),
        ("90", []),
        ("honey salt", []),
    ],
)
def test_products_are_found_by_name_id_and_the_beginning_of_a_barcode(client, words, found):
    make_product("Honey cake", id=900, external_id="CAK-7", barcodes=["5900001"])
    make_product("Honey jar", id=901, external_id="JAR-7", barcodes=["4000002"])
    make_product("Salt", id=902, external_id="SAL-8", barcodes=["4000003"])
    assert column(client.get(LIST, {"q": words}), "product") == found


def test_a_category_is_filtered_with_all_below_it_and_nothing_beside(client):
    food = make_category("Food")
    cakes = make_category("Cakes", parent=food)
    toys = make_category("Toys")
    make_product("Apple", category=food)
    make_product("Cake", category=cakes)
    make_product("Ball", category=toys)
    make_product("Nothing")
    assert column(client.get(LIST, {"category": food.pk}), "product") == ["Apple", "Cake"]
    assert column(client.get(LIST, {"category": cakes.pk}), "product") == ["Cake"]
    for unknown in ("x", "0", str(10**9)):
        assert column(client.get(LIST, {"category": unknown}), "product") == []


def test_the_filter_opens_up_the_tree_around_the_chosen_category(client):
    food = make_category("Food")
    cakes = make_category("Cakes", parent=food)
    make_category("Small cakes", parent=cakes)
    make_category("Fruit", parent=food)
    make_category("Balls", parent=make_category("Toys"))

    def offered(**filters):
        (spec,) = client.get(LIST, filters).context["cl"].filter_specs
        return [label.strip("\u2003\u00a0 ") for _value, label in spec.lookup_choices]

    assert offered() == ["Food", "Toys"]
    assert offered(category=food.pk) == ["Food", "Cakes", "Fruit", "Toys"]
    assert offered(category=cakes.pk) == ["Food", "Cakes", "Small cakes", "Fruit", "Toys"]


def test_a_product_is_saved_with_category_barcodes_and_picture(client):
    cakes = make_category("Cakes", external_id="CAKES")
    entries = ENTRIES | {"category": "CAKES", "codes": " 5900001\n\n5900002\n5900001"}
    assert client.post(ADD, entries | {"picture": upload()}).headers["Location"] == LIST
    product = Product.objects.get()
    assert (product.category, str(product.price)) == (cakes, "12.500")
    assert sorted(product.barcodes.values_list("code", flat=True)) == ["5900001", "5900002"]
    with default_storage.open(product.picture.name) as file, Pillow.open(file) as picture:
        assert (picture.format, picture.size) == ("WEBP", (640, 480))
    with default_storage.open(product.thumbnail.name) as file, Pillow.open(file) as thumbnail:
        assert (thumbnail.format, thumbnail.size) == ("WEBP", (320, 240))
    assert "cake" not in product.picture.name
    page = client.get(f"{LIST}{product.pk}/change/")
    form = page.context["adminform"].form
    assert [form[name].value() for name in ("category", "price", "codes")] == [
        "CAKES",
        "12.50",
        "5900001\n5900002",
    ]
    assert " Cakes " in page_text(page)
    served = client.get(product.picture.url)
    assert served.status_code == 200
    served.close()


def test_a_new_picture_takes_the_place_of_the_old_one_whose_files_go(
    client, django_capture_on_commit_callbacks
):
    client.post(ADD, ENTRIES | {"picture": upload()})
    product = Product.objects.get()
    change, old = f"{LIST}{product.pk}/change/", [product.picture.name, product.thumbnail.name]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(change, ENTRIES)
    assert [default_storage.exists(name) for name in old] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(change, ENTRIES | {"picture": upload()})
    product.refresh_from_db()
    new = [product.picture.name, product.thumbnail.name]
    assert [default_storage.exists(name) for name in old + new] == [False, False, True, True]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(change, ENTRIES | {"picture-clear": "on"})
    product.refresh_from_db()
    assert (product.picture.name, product.thumbnail.name) == ("", "")
    assert [default_storage.exists(name) for name in new] == [False, False]


def test_mistakes_are_said_beside_the_fields_and_nothing_is_kept(client):
    make_product("Jar", external_id="CAK-1", barcodes=["5900009"])
    wrong = {
        "category": "NONE",
        "price": "-1",
        "codes": f"1\n5900009\n{'2' * 65}",
        "picture": SimpleUploadedFile("x.png", b"no picture"),
    }
    assert errors(client.post(ADD, ENTRIES | wrong)) == {
        "external_id": ["Product with this ID already exists."],
        "category": ["There is no category with this ID."],
        "price": ["Ensure this value is greater than or equal to 0."],
        "codes": ["Line 3: a barcode has at most 64 visible characters, no spaces, no “;”."],
        "picture": ["This is not a picture we can read. Use JPEG, PNG, WebP or GIF."],
    }
    taken = client.post(ADD, ENTRIES | {"external_id": "NEW", "codes": "1\n5900009"})
    assert errors(taken) == {"codes": ["Line 2: 5900009 is a barcode of “Jar”."]}
    assert (Product.objects.count(), Barcode.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_a_barcode_at_once_one_is_told_whose_it_is(client):
    """Both forms find the code free; then both are let go on to write it."""

    def add(name):
        staff = Client()
        staff.force_login(user_of(client))
        own = {"name": name, "external_id": name, "codes": "7\n5", "picture": upload()}
        return staff.post(ADD, ENTRIES | own)

    answers = stopped_at(held("promotions_barcode"), lambda: add("Cake"), lambda: add("Jar"))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    (refused,) = (answer for answer in answers if answer.status_code == 200)
    kept = Product.objects.get()
    told = [f"Line {n}: {code} is a barcode of “{kept}”." for n, code in ((1, 7), (2, 5))]
    assert sorted(errors(refused)["codes"]) == told
    assert "was added" not in page_text(refused)
    assert sorted(kept.barcodes.values_list("code", flat=True)) == ["5", "7"]
    assert len(default_storage.listdir("products")[1]) == 2


@pytest.mark.parametrize("side", [8_000, 10_000, 14_000])
def test_a_picture_with_too_many_pixels_is_refused_in_words(client, side):
    """However few bytes it has: Pillow itself warns of those of the second size, and fails then."""
    file = io.BytesIO()
    Pillow.new("1", (side, side)).save(file, "PNG")
    picture = SimpleUploadedFile("x.png", file.getvalue(), "image/png")
    said = ["This picture has more than 50 million pixels. Scale it down."]
    assert errors(client.post(ADD, ENTRIES | {"picture": picture})) == {"picture": said}


def test_a_category_with_a_null_character_is_unknown(client):
    answer = client.post(ADD, ENTRIES | {"category": "C\0"})
    assert errors(answer) == {"category": ["There is no category with this ID."]}


def test_a_product_says_where_it_is(client):
    product = make_product()
    group = make_product_group("All for school", products=[product])
    make_product_group("Empty")
    page = client.get(f"{LIST}{product.pk}/change/")
    assert f"Internal ID (Object ID of private offers): {product.pk}" in page_text(page)
    there = f"/admin/promotions/productgroup/{group.pk}/change/?tab=products"
    assert ("All for school", there) in links(page)
    assert "Empty" not in page_text(page)


def test_who_may_only_look_changes_nothing():
    product = make_product("Before")
    viewer = staff_with("promotions.view_product")
    assert viewer.get(f"{LIST}{product.pk}/change/").status_code == 200
    assert viewer.post(f"{LIST}{product.pk}/change/", ENTRIES).status_code == 403
    assert viewer.post(f"{LIST}{product.pk}/delete/").status_code == 403
    assert Product.objects.get().name == "Before"
