"""Product groups: the list, who is in one, what comes and what goes."""

import pytest

from promotions.models import ProductGroup
from tests.pages import errors, links, page_text, rows, staff_with
from tests.promotions.admin.catalogue.rights import VIEW, all_of
from tests.promotions.factories import make_category, make_product, make_product_group

pytestmark = pytest.mark.django_db
LIST = "/admin/promotions/productgroup/"


@pytest.fixture
def client():
    return staff_with(*all_of("productgroup"), *VIEW)


def members(group):
    return sorted(group.members.values_list("product__external_id", flat=True))


def tab(group):
    return f"{LIST}{group.pk}/change/?tab=products"


def test_groups_are_listed_with_the_number_of_their_products(client):
    make_product_group("Toys", products=[make_product(), make_product()])
    make_product_group("Empty")
    assert rows(client.get(LIST)) == [
        {"name": "Empty", "size": "0"},
        {"name": "Toys", "size": "2"},
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, number):
    for _ in range(number):
        make_product_group(products=[make_product()])
    client.get(LIST)
    # The session, the user, two of rights; the clock; count and rows.
    with django_assert_num_queries(7):
        client.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
def test_the_tab_costs_the_same_however_long(client, django_assert_num_queries, number):
    cakes = make_category()
    group = make_product_group(products=[make_product(category=cakes) for _ in range(number)])
    client.get(tab(group))
    # The session, the user, two of rights; the clock; the group twice for the tab and twice for
    # the form, its discounts; count and rows; barcodes and categories.
    with django_assert_num_queries(14):
        client.get(tab(group))


def test_a_new_group_leads_to_its_products(client):
    response = client.post(f"{LIST}add/", {"name": "All for school"})
    group = ProductGroup.objects.get()
    assert response.headers["Location"] == tab(group)
    assert "Nothing is in this group" in page_text(client.get(tab(group)))


def test_two_groups_cannot_have_one_name(client):
    make_product_group("All for school")
    response = client.post(f"{LIST}add/", {"name": "ALL for school"})
    assert errors(response) == {"name": ["Another product group has this name."]}


def test_products_are_searched_and_paged(client):
    names = [f"Pencil no{number:02}" for number in range(12)]
    group = make_product_group(products=[make_product(name) for name in names])
    make_product("Pencil of another")
    first = page_text(client.get(tab(group)))
    assert "Pencil no09" in first
    assert "Pencil no10" not in first
    assert "Showing 1 to 10 of 12 entries" in first
    assert "Showing 11 to 12 of 12 entries" in page_text(client.get(f"{tab(group)}&p=2"))
    found = page_text(client.get(f"{tab(group)}&q=pencil+no11"))
    assert "Pencil no11" in found
    assert "Showing 1 to 1 of 1 entries" in found
    nothing = page_text(client.get(f"{tab(group)}&q=of+another"))
    assert "No product of the group matches Show all of them" in nothing


def test_pasted_ids_are_added_and_unknown_ones_are_listed(client):
    known = [make_product(external_id=name) for name in ("A-1", "A-2", "a-1")]
    group = make_product_group(products=known[:1])
    ids = " A-1 \nA-2\n\nNO-1\nA-2\nNO-2\n<b>\n"
    page = client.post(f"{LIST}{group.pk}/products/add/", {"ids": ids})
    assert members(group) == ["A-1", "A-2"]
    said = page_text(page)
    assert "1 product added. 1 was in the group already. 1 repeated ID." in said
    assert "3 IDs were skipped: no product has them" in said
    assert "NO-1\nNO-2\n&lt;b&gt;</textarea>" in page.content.decode()
    again = client.post(f"{LIST}{group.pk}/products/add/", {"ids": "a-1"})
    assert again.headers["Location"] == tab(group)
    assert members(group) == ["A-1", "A-2", "a-1"]


def test_pasting_nothing_is_an_error_beside_the_field(client):
    group = make_product_group()
    page = client.post(f"{LIST}{group.pk}/products/add/", {"ids": "\n  \n"})
    assert "This field is required." in page_text(page)


def test_a_product_is_removed_after_a_question(client):
    product, other = make_product("Pencil"), make_product(external_id="B-1")
    group = make_product_group("School", products=[product, other])
    remove = f"{LIST}{group.pk}/products/{product.pk}/remove/"
    assert ("Remove Pencil", remove) in links(client.get(tab(group)))
    asked = page_text(client.get(remove))
    assert "Pencil will be removed from the group “School”. The product stays." in asked
    assert len(members(group)) == 2
    assert client.post(remove).headers["Location"] == tab(group)
    assert members(group) == ["B-1"]
    assert "was not in the group any more" in page_text(client.post(remove, follow=True))


def test_history_tells_who_renamed_it_and_when(client):
    group = make_product_group("School")
    client.post(f"{LIST}{group.pk}/change/", {"name": "All for school"})
    said = page_text(client.get(f"{LIST}{group.pk}/history/"))
    assert " changed Name before: School → after: All for school " in said
    assert " system · created Name after: School " in said
    assert client.get(f"{LIST}999999/history/").status_code == 404


def test_who_may_only_look_changes_nothing():
    product = make_product()
    group = make_product_group(products=[product])
    viewer = staff_with("promotions.view_productgroup", "promotions.view_product")
    pages = (f"{LIST}{group.pk}/products/add/", f"{LIST}{group.pk}/products/{product.pk}/remove/")
    assert [viewer.post(page).status_code for page in pages] == [403, 403]
    assert "Remove" not in page_text(viewer.get(tab(group)))
    assert len(members(group)) == 1
