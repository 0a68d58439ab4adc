"""What IDs, barcodes and names may be written with: the same by form and by import."""

import re

import pytest
from django.db import connection

from promotions.models import Category, PointOfSale, Product, ProductGroup
from promotions.models.texts import NOT_IN_BARCODES, NOT_IN_IDS, NOT_IN_NAMES
from tests.imports.runs import imported, rejects
from tests.pages import errors, staff_with
from tests.promotions.admin.catalogue.rights import all_of

CODE_POINTS = [*range(1, 0xD800), *range(0xE000, 0x10000), *range(0xE0000, 0xE0100)]
UNSEEN = "Write visible characters only, in one line; if you pasted it, type it instead."
TURNING = (
    "Write it in one line, without control characters and without such as turn the direction of"
    " writing around; if you pasted it, type it instead."
)
PRODUCT = {"external_id": "A", "name": "Anise", "price": "1", "codes": "1"}
POINT_OF_SALE = {"channel": "retail", "time_zone": "UTC", "currency": "EUR", "key": "P"}


@pytest.mark.django_db
@pytest.mark.parametrize("unfit", [NOT_IN_IDS, NOT_IN_NAMES, NOT_IN_BARCODES])
def test_python_and_the_database_read_the_ranges_alike(unfit):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT n FROM unnest(%s::int[]) AS n WHERE chr(n) ~ '[{unfit}]' ORDER BY n",
            [CODE_POINTS],
        )
        found = [number for (number,) in cursor.fetchall()]
    assert found == [number for number in CODE_POINTS if re.match(f"[{unfit}]", chr(number))]


@pytest.mark.parametrize(
    ("character", "in_name", "in_id", "in_barcode"),
    [
        ("\u202e", False, False, False),
        ("\u2066", False, False, False),
        ("\x07", False, False, False),
        ("\u200b", True, False, False),
        ("\u200d", True, False, False),
        ("\U000e0041", True, False, False),
        ("\u2003", True, True, False),
        (";", True, True, False),
        ("ß", True, True, True),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_product_is_refused_by_form_and_by_import_alike(character, in_name, in_id, in_barcode):
    odd = f"1{character}2"
    client = staff_with(*all_of("product"))
    fits = {"name": in_name, "external_id": in_id, "codes": in_barcode}
    for field, is_fit in fits.items():
        page = client.post("/admin/promotions/product/add/", PRODUCT | {field: odd})
        assert ([*errors(page)] if page.status_code == 200 else []) == [field] * (not is_fit)
        Product.objects.all().delete()
    lines = [f"A,{odd},,1,1", f"{odd},Anise,,1,1"]
    fits_in_cells = dict(zip(["name", "id"], [in_name, in_id], strict=True))
    if character != ";":  # It parts the barcodes of a cell.
        lines.append(f"A,Anise,,1,{odd}")
        fits_in_cells["barcode"] = in_barcode
    for line, (code, is_fit) in zip(lines, fits_in_cells.items(), strict=True):
        job = imported("products", f"ID,Name,Category,Price,Barcodes\n{line}\n".encode())
        assert rejects(job) == [(code, 1, 2)] * (not is_fit)
        Product.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "entries", "said"),
    [
        (Product, PRODUCT | {"external_id": "A\u200b1"}, {"external_id": [UNSEEN]}),
        (Category, {"name": "Cakes", "external_id": "C\u202e1"}, {"external_id": [UNSEEN]}),
        (Category, {"name": "\u202eCakes", "external_id": "C1"}, {"name": [TURNING]}),
        (ProductGroup, {"name": "For \u2067school"}, {"name": [TURNING]}),
        (PointOfSale, POINT_OF_SALE | {"name": "North\u202d"}, {"name": [TURNING]}),
    ],
)
def test_forms_say_what_to_do(model, entries, said):
    name = model._meta.model_name
    page = staff_with(*all_of(name)).post(f"/admin/promotions/{name}/add/", entries)
    assert errors(page) == said
    assert not model.objects.exists()


@pytest.mark.django_db
def test_a_name_may_be_written_in_any_language():
    names = ["Käse", "می‌خواهم", "שלום\u200f!", "क्‍ष", "👩‍🍳 2 % – “fine”"]
    client = staff_with(*all_of("productgroup"))
    for name in names:
        client.post("/admin/promotions/productgroup/add/", {"name": name})
    assert sorted(ProductGroup.objects.values_list("name", flat=True)) == sorted(names)
