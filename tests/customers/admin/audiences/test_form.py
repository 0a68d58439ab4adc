"""The form of an audience: what it takes, what it refuses, and who may use it (L2, L3)."""

import json

import pytest

from customers.models import Audience, AudienceMember
from tests.customers.admin.audiences.pages import FEBRUARY, LIST, MARCH, born, form, of_staff
from tests.factories import make_audience, make_customer, make_group
from tests.pages import errors, page_text, staff_with

pytestmark = pytest.mark.django_db


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
        # Halves of surrogate pairs, which no page can hold.
        (
            '{"all": [{"field": "\\ud800", "is": "x"},'
            ' {"field": "email", "is": "is_empty", "\\udfff": 1}]}',
            [
                ("all.0.field", "There is no attribute “�” (any more)."),
                ("all.1", "This does not belong here: �."),
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


def test_the_page_is_called_by_the_name_of_the_audience(marketer):
    february = make_audience(FEBRUARY)
    assert marketer.get(f"{LIST}{february.pk}/change/").context["title"] == str(february)
    assert marketer.get(f"{LIST}add/").context["title"] == "Audience"


def test_groups_are_named_to_those_only_who_may_see_groups():
    """Others keep the conditions that are about them, by number: builder, list, description, count
    and history alike."""
    group = make_group(title="Best of all")
    conditions = {"all": [{"field": "groups", "is": "in_any", "value": [group.pk]}]}
    audience = make_audience(conditions, name="Some")
    change = f"{LIST}{audience.pk}/change/"
    rights = [f"customers.{verb}_audience" for verb in ("view", "add", "change")]
    blind, reader = staff_with(*rights), staff_with(rights[0])
    seeing = staff_with(*rights, "customers.view_customergroup")
    for address in (LIST, f"{LIST}add/", change, f"{change}?tab=history"):
        assert "Best of all" in seeing.get(address).text
        assert "Best of all" not in blind.get(address).text
        assert "Best of all" not in reader.get(address).text
    assert f"number {group.pk}" in page_text(reader.get(change))
    sent = {"conditions": json.dumps(conditions)}
    words = [client.post(f"{LIST}count/", sent).json()["words"] for client in (seeing, blind)]
    assert words == ["Is in the group Best of all", f"Is in the group number {group.pk}"]
    assert blind.post(change, form(conditions, name="Renamed")).status_code == 302
    audience.refresh_from_db()
    assert (audience.name, audience.conditions) == ("Renamed", conditions)
