"""The import of products to product groups, which it makes where they are missing."""

import pytest

from imports import exports
from imports.models import Job, State
from promotions.models import DiscountItem, ProductGroup, ProductGroupMember
from tests.imports.runs import applied, checked, confirmed, counts, imported, rejects, undone
from tests.promotions.factories import make_discount, make_product, make_product_group
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SLUG = "product-groups"


def data(*lines: str, header: str = "Group,Product") -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def run(*lines: str, header: str = "Group,Product", **fields) -> Job:
    return imported(SLUG, data(*lines, header=header), **fields)


@pytest.fixture
def goods() -> None:
    make_product(external_id="PEN", barcodes=["111", "112"])
    make_product(external_id="BOOK", barcodes=["222"])
    make_product(external_id="222")


def members() -> set[tuple[str, str]]:
    rows = ProductGroupMember.objects.values_list("group__name", "product__external_id")
    return set(rows)


def test_products_are_added_by_id_or_barcode_to_groups_that_may_be_new(goods):
    make_product_group("For school")
    lines = ("FOR SCHOOL,PEN", "for school,112", " New , BOOK ", "new,PEN", "NEW,222")
    dry, job = checked(SLUG, data(*lines)), run(*lines)
    assert counts(dry) == counts(job) == {"created": 4, "unchanged": 1}
    assert members() == {
        ("For school", "PEN"),
        ("New", "BOOK"),
        ("New", "PEN"),
        ("New", "222"),
    }


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",PEN", "no_group"),
        ("x" * 201 + ",PEN", "name"),
        ("New,NONE", "unknown_product"),
        ("New,", "unknown_product"),
    ],
)
def test_bad_lines_are_refused_and_make_no_group(goods, line, code):
    job = run(line, "Other,PEN")
    assert rejects(job) == [(code, 1, 2)]
    assert members() == {("Other", "PEN")}
    assert ProductGroup.objects.count() == 1


def test_the_same_file_again_changes_nothing(goods):
    lines = ("A,PEN", "A,BOOK", "B,PEN")
    run(*lines)
    assert counts(run(*lines)) == {"unchanged": 3}


def test_an_undo_takes_back_products_and_the_groups_that_nothing_uses(goods):
    make_product_group("Old", products=[])
    run("Old,PEN")
    job = run("Old,PEN", "Old,BOOK", "Empty,PEN", "Filled,PEN", "Used,PEN", "Again,PEN")
    group = {each.name: each for each in ProductGroup.objects.all()}
    group["Filled"].members.create(product=make_product(external_id="MORE"))
    DiscountItem.objects.create(discount=make_discount(), product_group=group["Used"])
    ProductGroupMember.objects.filter(group=group["Again"]).delete()
    run("Again,PEN")
    undone(job)
    assert members() == {("Old", "PEN"), ("Filled", "MORE"), ("Again", "PEN")}
    names = set(ProductGroup.objects.values_list("name", flat=True))
    assert names == {"Old", "Filled", "Used", "Again"}


def test_a_chosen_group_needs_only_products(goods):
    chosen = make_product_group("Chosen")
    options = {"group": chosen.pk}
    assert counts(run("PEN", header="Product", options=options)) == {"created": 1}
    job = run(",BOOK", "Other,BOOK", options=options)
    assert rejects(job) == [("other_group", 1, 3)]
    assert members() == {("Chosen", "PEN"), ("Chosen", "BOOK")}


def test_an_export_can_be_imported_again_and_narrowed_to_a_group(goods):
    run("A,PEN", "B,BOOK")
    chosen = {"group": ProductGroup.objects.get(name="B").pk}
    for options, lines in (({}, ["A,PEN", "B,BOOK"]), (chosen, ["B,BOOK"])):
        record = exports.begin(type=SLUG, format="csv", user=None, options=options)
        file = b"".join(exports.chunks(record))
        assert file.decode().splitlines() == ["Group,Product", *lines]
        assert counts(imported(SLUG, file)) == {"unchanged": len(lines)}


def test_the_same_file_twice_at_once_makes_each_group_and_row_once(goods):
    lines = [f"Group {n % 7},{what}" for n in range(50) for what in ("PEN", "222", "BOOK")]
    jobs = [confirmed(SLUG, data(*each)) for each in (lines, lines[::-1])]
    at_once(*(lambda job=job: applied(job) for job in jobs))
    assert set(Job.objects.values_list("state", "message")) == {(State.DONE, "")}
    assert sum(Job.objects.values_list("created", flat=True)) == len(members()) == 21
    assert ProductGroup.objects.count() == 7
