"""The back-office pages of audiences (L2, L3): list, form, confirmation, freezing, deleting."""

import datetime as dt
import json
from contextlib import closing

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.audiences.uses import Use, uses
from customers.models import Audience, AudienceMember
from tests.factories import (
    make_audience,
    make_customer,
    make_group,
    make_staff,
)
from tests.offers.admin.pages import column, errors, links, page_text, rows, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/customers/audience/"
FEBRUARY = {"all": [{"field": "birth_date", "is": "month_in", "value": [2]}]}
MARCH = {"all": [{"field": "birth_date", "is": "month_in", "value": [3]}]}


def of_staff(*verbs, customers=False):
    names = [f"customers.{verb}_audience" for verb in verbs]
    return signed_in(make_staff(*names, *(["customers.view_customer"] if customers else [])))


@pytest.fixture
def marketer():
    return of_staff("view", "add", "change", "delete", customers=True)


def born(month, **fields):
    return make_customer(birth_date=dt.date(1990, month, 10), **fields)


def form(conditions, **fields):
    return {"name": "Cakes", "description": "", "conditions": json.dumps(conditions), **fields}


def count(client, conditions, **fields):
    sent = {"conditions": json.dumps(conditions), **fields}
    return client.post(f"{LIST}count/", sent)


def follow(audience, title="Followers"):
    return make_group(title=title, type="audience", audience=audience)


# --- the list


def test_the_list_says_what_each_audience_is_and_what_uses_it(marketer):
    now = timezone.now()
    used = make_audience(FEBRUARY, name="Cakes", members_count=12_345, counted_at=now)
    follow(used, "Cake lovers")
    make_audience(MARCH, name="March")
    make_audience(name="Test drivers", description="From the fair")
    assert [{**row, "actions": ""} for row in rows(marketer.get(LIST))] == [
        {
            "shown_name": "Cakes Birth date is in February",
            "shown_kind": "filter_alt By conditions",
            "customers": "12,345 counted just now",
            "used_by": "Customer group Cake lovers",
            "actions": "",
        },
        {
            "shown_name": "March Birth date is in March",
            "shown_kind": "filter_alt By conditions",
            "customers": "not counted yet",
            "used_by": "Not in use",
            "actions": "",
        },
        {
            "shown_name": "Test drivers From the fair",
            "shown_kind": "list_alt Fixed list",
            "customers": "0",
            "used_by": "Not in use",
            "actions": "",
        },
    ]


def test_the_list_says_how_old_a_count_is(marketer):
    make_audience(FEBRUARY, counted_at=timezone.now() - dt.timedelta(minutes=5, seconds=10))
    assert column(marketer.get(LIST), "customers") == [
        "0 counted 5\xa0minutes ago".replace("\xa0", " ")
    ]


def test_an_audience_that_names_a_deleted_attribute_says_so(marketer):
    make_audience({"all": [{"field": "gone", "is": "is_empty"}]}, name="Broken")
    (row,) = rows(marketer.get(LIST))
    assert row["shown_name"] == (
        "Broken error Holds nobody: There is no attribute “gone” (any more)."
    )
    assert row["customers"] == "–"


def test_the_empty_list_says_what_to_do_next(marketer):
    page = marketer.get(LIST)
    assert "There are no audiences yet" in page_text(page)
    assert links(page).count(("+ Add audience", f"{LIST}add/")) == 2


def test_audiences_are_found_by_name_and_description(marketer):
    make_audience(FEBRUARY, name="Cakes")
    make_audience(MARCH, name="Spring", description="For the cake campaign")
    make_audience(MARCH, name="Other")
    assert len(rows(marketer.get(LIST, {"q": "cake"}))) == 2
    assert "No audience matches" in page_text(marketer.get(LIST, {"q": "nothing"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_queries_however_long_it_is(marketer, number):
    for _ in range(number):
        follow(make_audience(FEBRUARY), title=f"Group of {Audience.objects.count()}")
    marketer.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        marketer.get(LIST)
    assert len(queries) == QUERIES_OF_THE_LIST


QUERIES_OF_THE_LIST = 11


def test_buttons_are_those_that_somebody_may_press(marketer):
    dynamic, fixed = make_audience(FEBRUARY, name="A"), make_audience(name="B")
    assert column(marketer.get(LIST), "actions") == [
        "Edit A Freeze now A Delete A",
        "Edit B Delete B",
    ]
    viewer = of_staff("view", "import")
    assert column(viewer.get(LIST), "actions") == ["View A", "View B Import B"]
    page = links(viewer.get(LIST))
    assert (
        "Import B",
        f"/admin/imports/job/add/?type=audience-members&audience={fixed.pk}",
    ) in page
    assert ("View A", f"{LIST}{dynamic.pk}/change/") in page


# --- the form


def test_an_audience_is_made_and_counted(marketer):
    born(2), born(2), born(3)
    page = marketer.post(f"{LIST}add/", form(FEBRUARY, description="For cakes"))
    assert page.status_code == 302
    audience = Audience.objects.get()
    assert (audience.name, audience.description, audience.kind) == ("Cakes", "For cakes", "dynamic")
    assert (audience.conditions, audience.members_count) == (FEBRUARY, 2)
    assert audience.counted_at is not None


@pytest.mark.parametrize(
    ("sent", "places"),
    [
        ("{", [("", "This is no JSON, or nested too deep.")]),
        ("NaN", [("", "This is no JSON, or nested too deep.")]),
        ("[" * 100_000, [("", "This is no JSON, or nested too deep.")]),
        ('{"not":' * 1000 + '{"all":[]}' + "}" * 1000, None),
        (
            '{"all": [{"field": "birth_date", "is": "month_in", "value": []},'
            ' {"any": [{"field": "shoe_size", "is": "is_empty"}]}]}',
            [
                ("all.0.value", "Choose at least one."),
                ("all.1.any.0.field", "There is no attribute “shoe_size” (any more)."),
            ],
        ),
    ],
)
def test_what_is_wrong_is_said_of_the_condition_it_is_about(marketer, sent, places):
    page = marketer.post(f"{LIST}add/", {"name": "Cakes", "description": "", "conditions": sent})
    assert errors(page) == {
        "conditions": ["Some conditions don't fit yet. Each says what it needs."]
    }
    refused = page.context["adminform"].form.fields["conditions"].widget.refused
    if places is not None:
        assert [(each["path"], each["message"]) for each in refused] == places
    assert sent.replace('"', "&quot;")[:60] in page.text  # nothing that was typed is lost
    assert not Audience.objects.exists()


def test_a_name_that_is_taken_is_refused(marketer):
    make_audience(FEBRUARY, name="cakes")
    page = marketer.post(f"{LIST}add/", form(MARCH))
    assert errors(page) == {"__all__": ["Another audience has this name."]}


def test_a_fixed_list_is_made_empty_and_leads_on_to_its_import(marketer):
    page = marketer.post(f"{LIST}add/?kind=static", {"name": "Drivers", "description": ""})
    audience = Audience.objects.get()
    assert (audience.kind, audience.conditions, audience.members_count) == ("static", None, 0)
    assert page.headers["Location"] == f"{LIST}{audience.pk}/change/"


def test_conditions_of_a_fixed_list_are_not_taken(marketer):
    audience = make_audience(name="Drivers")
    marketer.post(f"{LIST}{audience.pk}/change/", form(FEBRUARY))
    audience.refresh_from_db()
    assert (audience.name, audience.conditions) == ("Cakes", None)


def test_renaming_a_fixed_list_leaves_its_count_alone(marketer):
    audience = make_audience(name="Drivers")
    AudienceMember.objects.create(customer=make_customer(), audience=audience)
    marketer.post(f"{LIST}{audience.pk}/change/", {"name": "Testers", "description": "x"})
    audience.refresh_from_db()
    assert (audience.name, audience.members_count) == ("Testers", 1)


def test_who_may_only_look_reads_the_conditions_in_words():
    audience = make_audience(FEBRUARY)
    page = of_staff("view").get(f"{LIST}{audience.pk}/change/")
    assert "Birth date is in February" in page_text(page)
    assert "<textarea" not in page.text
    assert of_staff("view").post(f"{LIST}{audience.pk}/change/", form(MARCH)).status_code == 403


def test_the_schema_is_published_to_who_may_see_audiences():
    assert of_staff("view").get(f"{LIST}schema.json").json()["title"] == "Conditions of an audience"
    assert of_staff("add").get(f"{LIST}schema.json").status_code == 200
    assert signed_in(make_staff()).get(f"{LIST}schema.json").status_code == 403


# --- counting while it is edited


def test_the_count_comes_with_share_words_and_examples(marketer):
    ann = born(2, first_name="Ann", last_name="Lee")
    born(3), born(4), born(5)
    make_customer(birth_date=dt.date(1990, 2, 1), is_prospect=True)
    assert count(marketer, FEBRUARY).json() == {
        "count": 1,
        "unit": "customer",
        "percent": 25.0,
        "share": "25.0% of all 4",
        "said": "1 customer. 25.0% of all 4",
        "sample": [{"name": "Ann Lee", "url": f"/admin/customers/customer/{ann.pk}/change/"}],
        "may_see": True,
        "words": "Birth date is in February",
    }


def test_examples_are_five_and_only_for_who_may_see_customers(marketer):
    for _ in range(7):
        born(2)
    assert len(count(marketer, FEBRUARY).json()["sample"]) == 5
    answer = count(of_staff("view"), FEBRUARY).json()
    assert (answer["count"], answer["sample"], answer["may_see"]) == (7, [], False)


def test_nobody_counts_who_may_not_see_audiences():
    for client in (signed_in(make_staff("customers.view_customer")), of_staff("delete")):
        assert count(client, FEBRUARY).status_code == 403
    assert of_staff("add").get(f"{LIST}count/").status_code == 405


def test_the_count_says_what_is_wrong(marketer):
    answer = count(marketer, {"any": [{"field": "birth_date", "is": "age_below", "value": -1}]})
    assert answer.json() == {
        "errors": [{"path": "any.0.value", "message": "Write a whole number from 0 to 150."}]
    }


def test_counting_what_is_saved_is_kept_for_the_list(marketer):
    born(2)
    audience = make_audience(FEBRUARY)
    count(marketer, MARCH, audience=audience.pk)
    audience.refresh_from_db()
    assert audience.counted_at is None
    count(marketer, FEBRUARY, audience=audience.pk)
    audience.refresh_from_db()
    assert (audience.members_count, audience.counted_at is None) == (1, False)


# --- changing what is in use


def test_before_an_audience_in_use_changes_who_comes_and_who_leaves_is_shown(marketer):
    born(2, first_name="Leaving")
    born(3, first_name="Coming"), born(3, first_name="Too")
    audience = make_audience(FEBRUARY, name="Cakes")
    follow(audience, "Cake lovers")
    page = marketer.post(f"{LIST}{audience.pk}/change/", form(MARCH))
    shown = page_text(page)
    assert "2 customers come Coming Too" in shown
    assert "1 customer leaves Leaving" in shown
    assert "Now Birth date is in February Then Birth date is in March" in shown
    assert "This concerns Customer group Cake lovers" in shown
    audience.refresh_from_db()
    assert audience.conditions == FEBRUARY
    confirmed = form(MARCH, confirmation=page.context["confirmation"])
    assert marketer.post(f"{LIST}{audience.pk}/change/", confirmed).status_code == 302
    audience.refresh_from_db()
    assert (audience.conditions, audience.members_count) == (MARCH, 2)


def test_a_confirmation_holds_for_exactly_the_change_that_was_shown(marketer):
    audience, other = make_audience(FEBRUARY), make_audience(FEBRUARY)
    follow(audience), follow(other, "Others")
    april = {"all": [{"field": "birth_date", "is": "month_in", "value": [4]}]}
    address = f"{LIST}{audience.pk}/change/"
    seal = marketer.post(address, form(MARCH)).context["confirmation"]
    forged = Signer(salt="something-else").signature(json.dumps(MARCH))
    for where, sent in (
        (address, form(april, confirmation=seal)),
        (address, form(MARCH, confirmation=forged)),
        (f"{LIST}{other.pk}/change/", form(MARCH, confirmation=seal)),
    ):
        assert "Nothing is saved yet." in page_text(marketer.post(where, sent))
    Audience.objects.filter(pk=audience.pk).update(conditions=april)
    page = marketer.post(address, form(MARCH, confirmation=seal))
    assert "Nothing is saved yet." in page_text(page)
    assert set(Audience.objects.values_list("conditions__all__0__value__0", flat=True)) == {2, 4}


def test_back_to_editing_keeps_what_was_written(marketer):
    audience = make_audience(FEBRUARY)
    follow(audience)
    address = f"{LIST}{audience.pk}/change/"
    seal = marketer.post(address, form(MARCH)).context["confirmation"]
    sent = form(MARCH, name="New name", confirmation=seal, _edit="1")
    page = marketer.post(address, sent)
    assert "New name" in page.text
    assert errors(page) == {}
    assert Audience.objects.get().conditions == FEBRUARY
    assert '"value": [3]' in page.context["adminform"].form["conditions"].value()


def test_what_nobody_uses_is_changed_at_once_and_so_is_a_name(marketer):
    audience, used = make_audience(FEBRUARY, name="Free"), make_audience(FEBRUARY, name="Used")
    follow(used)
    assert marketer.post(f"{LIST}{audience.pk}/change/", form(MARCH)).status_code == 302
    renamed = form(FEBRUARY, name="Renamed")
    assert marketer.post(f"{LIST}{used.pk}/change/", renamed).status_code == 302
    assert set(Audience.objects.values_list("name", flat=True)) == {"Cakes", "Renamed"}


def test_conditions_that_made_no_sense_any_more_held_nobody(marketer):
    born(3, first_name="Coming")
    audience = make_audience({"all": [{"field": "gone", "is": "is_empty"}]})
    follow(audience)
    shown = page_text(marketer.post(f"{LIST}{audience.pk}/change/", form(MARCH)))
    assert "1 customer comes Coming" in shown
    assert "Now Holds nobody: There is no attribute “gone” (any more)." in shown


def test_examples_of_who_comes_are_for_who_may_see_customers():
    born(3, first_name="Coming")
    audience = make_audience(FEBRUARY)
    follow(audience)
    page = of_staff("view", "change").post(f"{LIST}{audience.pk}/change/", form(MARCH))
    assert "1 customer comes" in page_text(page)
    assert "Coming" not in page.text


# --- freezing, members, deleting


def test_freeze_now_makes_a_fixed_list_of_who_is_in_it(marketer):
    ann = born(2)
    born(3)
    audience = make_audience(FEBRUARY, name="Cakes")
    page = marketer.get(f"{LIST}{audience.pk}/freeze/")
    assert f"Cakes, {timezone.localdate():%Y-%m-%d}" in page.text
    marketer.post(f"{LIST}{audience.pk}/freeze/", {"name": "Cakes of June"})
    frozen = Audience.objects.get(name="Cakes of June")
    assert (frozen.kind, frozen.members_count) == ("static", 1)
    assert list(frozen.members.values_list("customer_id", flat=True)) == [ann.pk]


def test_freezing_needs_a_free_name_and_the_right_to_add(marketer):
    audience = make_audience(FEBRUARY, name="Cakes")
    page = marketer.post(f"{LIST}{audience.pk}/freeze/", {"name": "cakes"})
    assert "Another audience has this name." in page_text(page)
    viewer = of_staff("view", "change")
    assert viewer.post(f"{LIST}{audience.pk}/freeze/", {"name": "New"}).status_code == 403
    assert Audience.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_members_are_listed_in_as_many_queries_however_many_they_are(marketer, number):
    audience = make_audience(name="Drivers")
    for n in range(number):
        member = make_customer(f"member{n}@example.com")
        AudienceMember.objects.create(customer=member, audience=audience)
    make_customer("stranger@example.com")
    address = f"{LIST}{audience.pk}/change/?tab=members"
    marketer.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = marketer.get(address)
    assert page.text.count("@example.com</td>") == number
    assert "stranger@example.com" not in page.text
    assert len(queries) == QUERIES_OF_MEMBERS


QUERIES_OF_MEMBERS = 10


def test_members_come_fifty_a_page(marketer):
    audience = make_audience(name="Drivers")
    members = [make_customer(f"m{n}@example.com") for n in range(51)]
    AudienceMember.objects.bulk_create(
        AudienceMember(customer=member, audience=audience) for member in members
    )
    page = marketer.get(f"{LIST}{audience.pk}/change/?tab=members")
    (following,) = [address for words, address in links(page) if words == "Next"]
    assert page.text.count("@example.com</td>") == 50
    page = marketer.get(f"{LIST}{audience.pk}/change/{following}")
    assert "m50@example.com" in page.text
    assert page.text.count("@example.com</td>") == 1


def test_members_are_for_who_may_see_customers():
    audience = make_audience(name="Drivers")
    AudienceMember.objects.create(customer=make_customer("m@example.com"), audience=audience)
    page = of_staff("view").get(f"{LIST}{audience.pk}/change/?tab=members")
    assert "m@example.com" not in page.text


def test_what_is_in_use_is_not_deleted_and_says_by_what(marketer):
    audience = make_audience(FEBRUARY, name="Cakes")
    follow(audience, "Cake lovers")
    page = marketer.post(f"{LIST}{audience.pk}/delete/")
    assert "can't be deleted while it is in use" in page_text(page)
    assert "Customer group Cake lovers" in page_text(page)
    assert Audience.objects.count() == 1


def test_rooms_above_say_what_they_use(marketer, monkeypatch):
    audience = make_audience(FEBRUARY, name="Cakes")

    def offers(ids):
        return [
            Use(number, "Offer", "june-1", "admin:customers_audience_change", 1, "x.y")
            for number in ids
        ]

    monkeypatch.setattr("customers.audiences.uses.uses", [*uses, offers])
    assert column(marketer.get(LIST), "used_by") == ["Offer june-1"]
    assert "Offer june-1" in page_text(marketer.post(f"{LIST}{audience.pk}/delete/"))
    assert Audience.objects.count() == 1


def test_deleting_asks_first_and_takes_the_members_along(marketer):
    audience = make_audience(name="Drivers")
    AudienceMember.objects.create(customer=make_customer(), audience=audience)
    assert "will be deleted permanently" in page_text(marketer.get(f"{LIST}{audience.pk}/delete/"))
    assert Audience.objects.count() == 1
    assert marketer.post(f"{LIST}{audience.pk}/delete/").headers["Location"] == LIST
    assert (Audience.objects.count(), AudienceMember.objects.count()) == (0, 0)
    kept = make_audience(FEBRUARY)
    assert of_staff("view", "change").post(f"{LIST}{kept.pk}/delete/").status_code == 403
    assert marketer.get(f"{LIST}999999/delete/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_what_is_too_slow_to_count_while_typing_says_so(marketer, monkeypatch):
    """Somebody who holds the table makes any count slow."""
    moment = dt.timedelta(milliseconds=50)
    monkeypatch.setattr("customers.admin.audiences.live_count.LONGEST", moment)
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE customers_customer IN ACCESS EXCLUSIVE MODE")
        assert count(marketer, FEBRUARY).json() == {"slow": True}


@pytest.mark.django_db
def test_the_page_is_called_by_the_name_of_the_audience(marketer):
    february = make_audience(FEBRUARY)
    assert marketer.get(f"{LIST}{february.pk}/change/").context["title"] == str(february)
    assert marketer.get(f"{LIST}add/").context["title"] == "Audience"
