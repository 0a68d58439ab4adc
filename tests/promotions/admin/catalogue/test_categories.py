"""Categories as a tree: the page, a branch, a search, the form, moving a branch."""

import pytest
from django.test import Client

from promotions.admin.catalogue import category_page, tree
from promotions.admin.catalogue.tree import read_tree
from promotions.catalogue.tree import MOST_LEVELS
from promotions.models import Category
from tests.pages import errors, links, page_text, staff_with, user_of
from tests.promotions.admin.catalogue.rights import VIEW, all_of
from tests.promotions.factories import make_category, make_chain, make_product
from tests.races import held, stopped_at

pytestmark = pytest.mark.django_db
LIST = "/admin/promotions/category/"


@pytest.fixture
def client():
    return staff_with(*all_of("category"), *VIEW)


@pytest.fixture
def food():
    return make_category("Food", external_id="FOOD")


@pytest.fixture
def cakes(food):
    cakes = make_category("Cakes", external_id="CAKES", parent=food)
    make_product(category=cakes)
    make_product(category=cakes)
    make_product(category=food)
    return cakes


def test_the_page_shows_the_tree_with_the_products_in_each_and_below(client, cakes):
    make_category("Toys", external_id="TOYS")
    page = client.get(LIST)
    assert page_text(page).startswith("Catalogue Categories Categories + Add category Search: ")
    shown = "Food FOOD 1 product, 3 with all below Cakes CAKES 2 products Toys TOYS 0 products"
    assert shown in page_text(page)
    assert page.content.decode().count("<details>") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_tree_costs_the_same_however_large(client, django_assert_num_queries, number):
    for _ in range(number):
        make_product(category=make_category(parent=make_category(parent=make_category())))
    client.get(LIST)
    # The session, the user, two of rights; the clock; the categories and the products.
    with django_assert_num_queries(7):
        client.get(LIST)


def test_large_branches_are_left_to_be_opened(client, cakes, monkeypatch):
    monkeypatch.setattr(tree, "DRAWN_AT_ONCE", 0)
    make_category("Small cakes", parent=cakes)
    page = client.get(LIST)
    branch = f"?branch={cakes.parent_id}"
    assert ("Show what is below", branch) in links(page)
    assert f'data-branch="{branch}&amp;part"' in page.content.decode()
    assert "Cakes" not in page_text(page)
    part = client.get(f"{LIST}{branch}&part").content.decode()
    assert "<html" not in part
    assert "Cakes" in part
    assert "Small cakes" not in part
    whole = client.get(f"{LIST}{branch}")
    assert " All categories › Food Cakes CAKES " in page_text(whole)


def test_a_branch_is_paged(client, food, monkeypatch):
    monkeypatch.setattr(category_page, "ON_A_PAGE", 2)
    for name in "abc":
        make_category(name, external_id=name, parent=food)
    first = client.get(LIST, {"branch": food.pk})
    shown = "a a 0 products b b 0 products Showing 1 to 2 of 3 entries Next"
    assert shown in page_text(first)
    assert ("Next", f"?branch={food.pk}&p=2") in links(first)
    part = client.get(LIST, {"branch": food.pk, "part": ""}).content.decode()
    assert "Show all 3" in part
    second = page_text(client.get(LIST, {"branch": food.pk, "p": 2}))
    assert " c c 0 products Showing 3 to 3 of 3 entries Previous" in second


def test_a_tree_may_be_deeper_than_anybody_draws_it(client):
    parent = None
    for _ in range(60):
        parent = make_category(parent=parent)
    page = client.get(LIST)
    assert page.content.decode().count("<details") == tree.DEEPEST + 1
    assert read_tree().top.size == 60


@pytest.mark.parametrize("branch", ["x", "0", "-1", "999999999", "9" * 40])
def test_a_branch_that_is_not_there_is_not_found(client, food, branch):
    assert client.get(LIST, {"branch": branch}).status_code == 404


def test_categories_are_found_by_name_and_id_with_the_way_to_them(client, cakes):
    make_category("Toys")
    found = page_text(client.get(LIST, {"q": "cak"}))
    assert "Search Cakes CAKES · Food Show in the tree" in found
    assert "Toys" not in found
    nothing = page_text(client.get(LIST, {"q": "nothing"}))
    assert "No category matches Show all categories" in nothing


def test_a_category_is_added_below_the_branch_from_which_one_comes(client, food):
    form = client.get(f"{LIST}add/", {"parent": "FOOD"})
    assert 'name="parent" value="FOOD"' in form.content.decode()
    entries = {"name": "Pies", "external_id": "PIES", "parent": "FOOD"}
    assert client.post(f"{LIST}add/", entries).headers["Location"] == LIST
    assert Category.objects.get(external_id="PIES").parent == food


def test_a_branch_is_moved_with_all_that_is_below(client, cakes):
    small = make_category("Small cakes", parent=cakes)
    make_category("Toys", external_id="TOYS")
    entries = {"name": "Cakes", "external_id": "CAKES", "parent": "TOYS"}
    client.post(f"{LIST}{cakes.pk}/change/", entries)
    known = read_tree()
    assert [node.name for node in known.path(known.nodes[small.pk])] == [
        "Toys",
        "Cakes",
        "Small cakes",
    ]


def test_a_branch_cannot_be_moved_further_down_than_the_tree_may_go(client, cakes):
    """Food has the cakes below it: two levels, for which the last but one is just enough."""
    chain = make_chain(MOST_LEVELS - 1)
    entries = {"name": "Food", "external_id": "FOOD"}
    page = f"{LIST}{cakes.parent_id}/change/"
    refused = client.post(page, entries | {"parent": chain[-1].external_id})
    said = ["A category is at most 20 levels down; choose a parent nearer to the top."]
    assert errors(refused) == {"parent": said}
    assert client.post(page, entries | {"parent": chain[-2].external_id}).status_code == 302
    for parent, is_let in ((cakes, False), (chain[-1], True)):
        added = {"name": "Low", "external_id": "LOW", "parent": parent.external_id}
        assert client.post(f"{LIST}add/", added).status_code == (302 if is_let else 200)


@pytest.mark.parametrize("parent", ["FOOD", "CAKES"])
def test_a_branch_cannot_be_moved_below_itself(client, cakes, parent):
    entries = {"name": "Food", "external_id": "FOOD", "parent": parent}
    response = client.post(f"{LIST}{cakes.parent_id}/change/", entries)
    assert errors(response) == {
        "parent": ["A category can't be below itself or below what is below it."]
    }
    assert Category.objects.get(external_id="FOOD").parent is None


@pytest.mark.django_db(transaction=True)
def test_two_who_move_each_others_branch_below_their_own_are_not_both_let(client, food):
    toys = make_category("Toys", external_id="TOYS")

    def move(category, parent):
        entries = {"name": category.name, "external_id": category.external_id, "parent": parent}
        staff = Client()
        staff.force_login(user_of(client))
        return staff.post(f"{LIST}{category.pk}/change/", entries)

    answers = stopped_at(
        held("promotions_categoriesversion"),
        lambda: move(food, "TOYS"),
        lambda: move(toys, "FOOD"),
    )
    (refused,) = (answer for answer in answers if answer.status_code == 200)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert errors(refused) == {
        "parent": ["A category can't be below itself or below what is below it."]
    }
    assert "was changed" not in page_text(refused)
    assert Category.objects.filter(parent=None).count() == 1


def test_who_may_only_look_changes_nothing(cakes):
    viewer = staff_with("promotions.view_category")
    assert viewer.get(LIST).status_code == 200
    assert viewer.post(f"{LIST}{cakes.pk}/change/", {"name": "x"}).status_code == 403
    assert viewer.post(f"{LIST}{cakes.pk}/delete/").status_code == 403
    stranger = staff_with("promotions.view_product")
    assert [stranger.get(f"{LIST}{page}").status_code for page in ("", "?q=x", "?part")] == [
        403
    ] * 3
