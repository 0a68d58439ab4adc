"""The import of products: what a line changes, what it leaves, and how it is taken back."""

from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from imports import exports
from imports.models import Job, State
from promotions.catalogue.product_imports import PRICE_CODE
from promotions.models import Barcode, Category, Product
from tests.factories import make_customer, make_offer
from tests.imports.runs import applied, checked, confirmed, counts, imported, rejects, undone
from tests.promotions.factories import (
    make_category,
    make_list,
    make_personalized_promotion,
    make_product_group,
)
from tests.races import at_once

transactional = pytest.mark.django_db(transaction=True)
SLUG = "products"
PLAIN = "ID,Name,Category,Price"
FULL = f"{PLAIN},Barcodes"


def data(*lines: str, header: str = PLAIN) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def run(*lines: str, header: str = PLAIN) -> Job:
    return imported(SLUG, data(*lines, header=header))


def stored() -> dict[str, tuple[object, ...]]:
    products = Product.objects.select_related("category").prefetch_related("barcodes")
    return {
        each.external_id: (
            each.name,
            each.category and each.category.external_id,
            each.price,
            sorted(code.code for code in each.barcodes.all()),
        )
        for each in products
    }


@transactional
def test_products_are_added_and_changed_and_an_undo_restores_them():
    make_category(external_id="CAKES")
    run("A,Apple cake,CAKES,12.50", "B,Bun,,3")
    before = stored()
    assert before == {
        "A": ("Apple cake", "CAKES", Decimal("12.5"), []),
        "B": ("Bun", None, 3, []),
    }
    job = run(
        "A,Apple pie,CAKES,13", "B,Bun,CAKES,3.000", "C,Candle,,0", "A, Apple pie ,CAKES,13.0"
    )
    assert counts(job) == {"created": 1, "updated": 2, "unchanged": 1}
    assert stored()["A"] == ("Apple pie", "CAKES", 13, [])
    undone(job)
    assert stored() == before


@transactional
def test_an_empty_cell_and_a_missing_column_leave_what_is_stored():
    make_category(external_id="CAKES")
    run("A,Apple cake,CAKES,12.50,111 222", header=FULL)
    before = stored()
    assert counts(run("A,,,,", header=FULL)) == {"unchanged": 1}
    assert counts(run("A,13", header="ID,Price")) == {"updated": 1}
    assert stored() == {"A": ("Apple cake", "CAKES", 13, ["111", "222"])}
    assert counts(run("A,12.50", header="ID,Price")) == {"updated": 1}
    assert stored() == before


@transactional
def test_a_cell_of_barcodes_is_the_products_list_of_them():
    run("A,Apple cake,,1,111;222  333 111", "B,Bun,,1,", header=FULL)
    before = stored()
    assert before["A"][-1] == ["111", "222", "333"]
    job = run('A,,,,"222\t444"', "B,,,,555", "C,Cup,,1,666", "A,,,,444;222", header=FULL)
    assert counts(job) == {"created": 1, "updated": 2, "unchanged": 1}
    assert [stored()[key][-1] for key in "ABC"] == [["222", "444"], ["555"], ["666"]]
    undone(job)
    assert stored() == before


@transactional
@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",Name,,1,", "id"),
        ("x" * 65 + ",Name,,1,", "id"),
        ("N," + "x" * 201 + ",,1,", "name"),
        ("N\u202eA,Name,,1,", "id"),
        ("N,Na\u2028me,,1,", "name"),
        ("N,Na\u202eme,,1,", "name"),
        ("N,,,1,", "no_name"),
        ("N,Name,,,", "no_price"),
        ('N,Name,,"12,50",', "price"),
        ("N,Name,,-1,", "price"),
        ("N,Name,,1e3,", "price"),
        ("N,Name,,12.50 EUR,", "price"),
        ("N,Name,,1.2345,", "price_digits"),
        ("N,Name,,123456789012,", "price_digits"),
        ("N,Name,," + "0" * 41 + ",", "price_digits"),
        ("N,Name,NONE,1,", "unknown_category"),
        ("A,,NONE,,", "unknown_category"),
        ("N,Name,,1," + "1" * 65, "barcode"),
        ("N,Name,,1,33\u200b3", "barcode"),
        ("N,Name,,1,333 111", "other_barcode"),
        ("B,,,,111", "other_barcode"),
    ],
)
def test_a_bad_cell_refuses_its_line_and_no_other(line, code):
    run("A,Apple cake,,1,111", "B,Bun,,1,", header=FULL)
    before = stored()
    lines = [line, "Z,Last,,1,999"]
    dry = checked(SLUG, data(*lines, header=FULL))
    job = run(*lines, header=FULL)
    assert rejects(job) == rejects(dry) == [(code, 1, 2)]
    assert counts(job) == counts(dry) == {"created": 1, "rejected": 1}
    assert stored() == {**before, "Z": ("Last", None, 1, ["999"])}


@transactional
def test_of_two_lines_for_one_id_or_one_barcode_the_first_is_taken():
    job = run("A,Apple,,1,111", "A,Apple,,1,222", "B,Bun,,1,111", "A,Apple,,1.0,111", header=FULL)
    assert rejects(job) == [("repeated", 1, 3), ("repeated_barcode", 1, 4)]
    assert stored() == {"A": ("Apple", None, 1, ["111"])}


@transactional
def test_an_undo_keeps_what_is_in_use_or_changed_since():
    make_category(external_id="CAKES")
    run("OLD,Old,CAKES,1,1", header=FULL)
    job = run(
        *("LIST,L,,1,", "GROUP,G,,1,", "CODE,C,,1,2", "TOUCHED,T,,1,", "FREE,F,,1,3"),
        "OLD,Older,,2,4",
        header=FULL,
    )
    by_id = {each.external_id: each for each in Product.objects.all()}
    make_list(make_personalized_promotion(), make_customer(), [by_id["LIST"]])
    make_product_group(products=[by_id["GROUP"]])
    Barcode.objects.create(code="9", product=by_id["CODE"])
    Product.objects.filter(external_id="TOUCHED").update(name="Mine")
    Barcode.objects.filter(code="4").update(code="5")
    undone(job)
    assert stored() == {
        "LIST": ("L", None, 1, []),
        "GROUP": ("G", None, 1, []),
        "CODE": ("C", None, 1, ["2", "9"]),
        "TOUCHED": ("Mine", None, 1, []),
        "OLD": ("Old", "CAKES", 1, ["5"]),
    }
    assert job.notes == ["4 stay as they are: changed or in use since the import."]


@transactional
def test_t29_an_undo_keeps_what_a_private_offer_opens():
    job = run("OPEN,O,,1", "CUSTOM,C,,1", "CATEGORY,D,,1")
    by_id = dict(Product.objects.values_list("external_id", "pk"))
    make_offer(link_type="product", object_id=str(by_id["OPEN"]))
    make_offer(object_id=str(by_id["CUSTOM"]))
    make_offer(link_type="category", object_id=str(by_id["CATEGORY"]))
    undone(job)
    assert list(stored()) == ["OPEN"]
    assert job.notes == ["1 stays as it is: changed or in use since the import."]


@transactional
def test_an_undo_does_not_bring_back_what_is_anothers_or_gone():
    make_category(external_id="CAKES")
    run("A,Apple,CAKES,1,111", "B,Bun,CAKES,1,", header=FULL)
    make_category(external_id="TARTS")
    job = run("A,Apple,TARTS,1,222", "B,Bun,TARTS,1,", header=FULL)
    run("C,Cup,,1,111", header=FULL)
    Category.objects.filter(external_id="CAKES").delete()
    undone(job)
    assert stored() == {
        "A": ("Apple", "TARTS", 1, []),
        "B": ("Bun", "TARTS", 1, []),
        "C": ("Cup", None, 1, ["111"]),
    }


@transactional
def test_an_export_can_be_imported_again():
    make_category(external_id="CAKES")
    run("A,Apple,CAKES,1.5,222 111", "B,=Bun,,0.125,", header=FULL)
    record = exports.begin(type=SLUG, format="csv", user=None)
    file = b"".join(exports.chunks(record))
    assert file.decode().splitlines() == [FULL, "A,Apple,CAKES,1.50,111 222", "B,'=Bun,,0.125,"]
    assert counts(imported(SLUG, file)) == {"unchanged": 2}


@transactional
def test_the_same_file_twice_at_once_makes_each_product_once():
    lines = [f"P{n},Product {n},,{n}.5,{1000 + n}" for n in range(200)]
    jobs = [confirmed(SLUG, data(*each, header=FULL)) for each in (lines, lines[::-1])]
    at_once(*(lambda job=job: applied(job) for job in jobs))
    found = sorted(Job.objects.values_list("created", "updated", "unchanged", "state"))
    assert found == [(0, 0, 200, State.DONE), (200, 0, 0, State.DONE)]
    assert (Product.objects.count(), Barcode.objects.count()) == (200, 200)


def judged(price: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {PRICE_CODE} FROM (SELECT %s AS price) AS cells", [price])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@given(st.decimals(min_value=0, max_value=10**11 - 1, places=3))
def test_every_price_that_fits_is_taken(price):
    assert judged(f"{price:f}") is None


@pytest.mark.django_db
@given(st.text(alphabet="0123456789.,+- e€", max_size=20))
def test_what_is_taken_for_a_price_is_one(text):
    if judged(text) is None:
        assert 0 <= Decimal(text) < 10**11
        assert Decimal(text) == round(Decimal(text), 3)
        assert text.isascii()
