"""Staff define what they want to know about customers, and what they use stays (L3)."""

import pytest

from customers.models import AttributeDefinition, Customer
from imports import worker
from imports.models import Job, State
from tests.factories import make_attribute, make_audience, make_customer, make_staff
from tests.pages import errors, links, page_text, rows, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/customers/attributedefinition/"
ALL = [f"customers.{verb}_attributedefinition" for verb in ("view", "add", "change", "delete")]


@pytest.fixture
def client():
    return signed_in(make_staff(*ALL))


def form(**fields: str) -> dict[str, str]:
    return {"label": "Shoe size", "key": "shoe_size", "type": "number", "choices": "", **fields}


def asking(field: str, is_: str, *value: str):
    return make_audience({"all": [{"not": {"field": field, "is": is_, "value": [*value]}}]})


def test_an_attribute_is_defined_and_listed(client):
    client.post(f"{LIST}add/", form())
    cars = form(label="Cars", key="cars", type="choices", choices=" Audi\r\n\r\nFiat\nAudi\n")
    client.post(f"{LIST}add/", cars)
    assert rows(client.get(LIST)) == [
        {"label": "Cars", "key": "cars", "type": "List of choices", "shown_choices": "Audi, Fiat"},
        {"label": "Shoe size", "key": "shoe_size", "type": "Number", "shown_choices": "–"},
    ]


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        (
            {"key": "Shoe size"},
            "key",
            "Write small letters a–z, digits and _, beginning with a letter.",
        ),
        ({"key": "email"}, "key", "Every customer has this already. Choose another key."),
        ({"key": "cars"}, "type", "The standard attribute cars is of type: List of choices."),
        ({"type": "choice"}, "choices", "Write at least one choice."),
        ({"choices": "38"}, "choices", "Only a choice or a list of choices has choices."),
        (
            {"type": "choice", "choices": "a|b"},
            "choices",
            "A choice can't have the sign | in it.",
        ),
        (
            {"type": "choice", "choices": "x" * 101},
            "choices",
            "Write at most 100 characters.",
        ),
        ({"label": ""}, "label", "This field is required."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(client, fields, field, message):
    assert errors(client.post(f"{LIST}add/", form(**fields))) == {field: [message]}
    assert not AttributeDefinition.objects.exists()


def test_a_key_is_used_once(client):
    make_attribute("shoe_size")
    assert list(errors(client.post(f"{LIST}add/", form()))) == ["key"]


def test_key_and_type_are_final(client):
    size = make_attribute("shoe_size", "number")
    changed = form(label="Size of shoes", key="other", type="text")
    assert client.post(f"{LIST}{size.pk}/change/", changed).status_code == 302
    size.refresh_from_db()
    assert (size.label, size.key, size.type) == ("Size of shoes", "shoe_size", "number")


def test_choices_are_added_and_put_in_another_order(client):
    tier = make_attribute("tier", "choice", choices=["gold", "silver"])
    make_customer(attributes={"tier": "gold"})
    client.post(f"{LIST}{tier.pk}/change/", form(choices="silver\ngold\niron"))
    tier.refresh_from_db()
    assert tier.choices == ["silver", "gold", "iron"]


@pytest.mark.parametrize(
    ("key", "type", "values"),
    [
        ("tier", "choice", {"attributes": {"tier": "a"}}),
        ("tags", "choices", {"attributes": {"tags": ["b", "a"]}}),
        ("city", "choice", {"city": "a"}),
        ("cars", "choices", {"cars": ["a"]}),
    ],
)
def test_a_choice_that_customers_have_stays(client, key, type, values):
    attribute = make_attribute(key, type, choices=["a", "b", "unused"])
    make_customer(**values)
    make_customer(attributes={"other": "a"})
    change = f"{LIST}{attribute.pk}/change/"
    assert errors(client.post(change, form(choices="b\nunused"))) == {
        "choices": ["Keep: a. 1 customer has it."]
    }
    assert client.post(change, form(choices="a\nb")).status_code == 302


def test_a_choice_that_audiences_ask_for_stays(client):
    tier = make_attribute("tier", "choice", choices=["gold", "silver", "iron"])
    audience = asking("tier", "equals_any", "iron", "silver")
    asking("district", "equals_any", "gold")
    change = f"{LIST}{tier.pk}/change/"
    assert errors(client.post(change, form(choices="gold\niron"))) == {
        "choices": [f"Keep: silver. These audiences ask for it: {audience.name}."]
    }
    assert client.post(change, form(choices="silver\niron")).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("key", "type", "values"),
    [
        ("district", "text", {"district": "Sovetsky"}),
        ("size", "number", {"attributes": {"size": 4}}),
    ],
)
def test_deleting_asks_with_a_number_and_takes_the_values_along(client, key, type, values):
    attribute = make_attribute(key, type)
    make_attribute("kept")
    make_customer("ann@example.com", **values)
    other = make_customer("bob@example.com", city="Here", attributes={"kept": "this"})
    page = client.get(f"{LIST}{attribute.pk}/delete/")
    assert "1 customer loses a value." in page_text(page)
    client.post(f"{LIST}{attribute.pk}/delete/")
    job = Job.objects.get()
    worker.apply(job.pk)
    job.refresh_from_db()
    assert (job.state, job.deleted, job.can_be_undone) == (State.DONE, 1, False)
    ann = Customer.objects.get(email="ann@example.com")
    assert (ann.district, ann.attributes) == (None, {})
    other.refresh_from_db()
    assert (other.city, other.attributes) == ("Here", {"kept": "this"})
    assert [each.key for each in AttributeDefinition.objects.all()] == ["kept"]


def test_an_attribute_that_audiences_ask_for_stays(client):
    district = make_attribute("district")
    audience = asking("district", "equals_any", "Sovetsky")
    asking("city", "equals_any", "district")
    refusal = f"These audiences ask for it: {audience.name}."
    assert refusal in page_text(client.get(f"{LIST}{district.pk}/delete/"))
    assert refusal in client.post(f"{LIST}{district.pk}/delete/", follow=True).text
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_audience_made_meanwhile_keeps_the_attribute(client):
    district = make_attribute("district")
    customer = make_customer(district="Sovetsky")
    client.post(f"{LIST}{district.pk}/delete/")
    audience = asking("district", "equals_any", "Sovetsky")
    job = Job.objects.get()
    worker.apply(job.pk)
    job.refresh_from_db()
    customer.refresh_from_db()
    assert (job.state, job.message) == (
        State.REFUSED,
        f"These audiences ask for it: {audience.name}.",
    )
    assert (customer.district, AttributeDefinition.objects.count()) == ("Sovetsky", 1)


def test_standard_attributes_are_suggested_until_they_are_there(client):
    make_attribute("district")
    found = [words for words, _ in links(client.get(LIST)) if words.startswith("+ ")]
    assert found == [
        "+ Add attribute",
        "+ Gender",
        "+ City",
        "+ Accepts marketing",
        "+ Children's birth dates",
        "+ Cars",
        "+ Employee",
    ]
    address = dict(links(client.get(LIST)))["+ Children's birth dates"]
    shown = client.get(address).context["adminform"].form.initial
    assert shown == {
        "key": "children_birth_dates",
        "label": "Children's birth dates",
        "type": "dates",
    }


@pytest.mark.parametrize("missing", ["view", "add", "change", "delete"])
def test_each_deed_needs_its_own_permission(missing):
    kept = [name for name in ALL if f".{missing}_" not in name]
    client = signed_in(make_staff(*(kept if missing != "view" else [])))
    attribute = make_attribute("city", label="City")
    answers = {
        "view": client.get(LIST).status_code,
        "add": client.post(f"{LIST}add/", form()).status_code,
        "change": client.post(f"{LIST}{attribute.pk}/change/", form()).status_code,
        "delete": client.post(f"{LIST}{attribute.pk}/delete/").status_code,
    }
    assert answers[missing] == 403
    assert missing != "view" or set(answers.values()) == {403}
    assert AttributeDefinition.objects.filter(pk=attribute.pk).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client, number, django_assert_num_queries):
    for key in ("a", "b", "c")[:number]:
        make_attribute(key)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)


@pytest.mark.django_db
def test_the_page_is_called_by_the_label_of_the_attribute(client):
    definition = make_attribute("colour", label="Favourite colour")
    shown = client.get(f"{LIST}{definition.pk}/change/")
    assert shown.context["title"] == "Favourite colour"
    assert client.get(f"{LIST}add/").context["title"] == "Attribute"
