"""`manage.py verify` and the Verify page: every invariant by name, with the evidence."""

import io
import json
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from customers.models import CustomerGroup, GroupMember
from customers.verification import stated
from tests.factories import make_customer, make_group, make_offer, make_staff

pytestmark = pytest.mark.django_db
PAGE = "/admin/verify/"


def run(*options: str) -> tuple[int, str]:
    said = io.StringIO()
    try:
        call_command("verify", *options, stdout=said, no_color=True)
    except SystemExit as end:
        return int(str(end)), said.getvalue()
    return 0, said.getvalue()


def group_with_a_wrong_count() -> CustomerGroup:
    group = make_group()
    GroupMember.objects.create(group=group, customer=make_customer())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE customers_customergroup SET members_count = 7")
    return group


def test_all_hold_where_nothing_was_tampered_with():
    make_offer()
    assert run() == (
        0,
        "".join(f"✓ {each.name}: {each.title}\n" for each in stated())
        + f"All {len(stated())} hold.\n",
    )


def test_what_is_broken_is_named_with_its_rows():
    group = group_with_a_wrong_count()
    code, said = run()
    assert code == 1
    assert re.findall(r"✗ (\S+):", said) == ["customers.group-count"]
    assert f"group_id {group.pk}, members_count 7, members 1" in said
    assert f"1 of {len(stated())} do not hold." in said


def test_programs_read_a_line_each():
    group = group_with_a_wrong_count()
    code, said = run("--json")
    lines = [json.loads(line) for line in said.splitlines()]
    assert code == 1
    assert [line["name"] for line in lines] == [each.name for each in stated()]
    assert [line["evidence"] for line in lines if line["broken"]] == [
        [{"group_id": group.pk, "members_count": 7, "members": 1}]
    ]


def test_names_are_told_apart():
    names = [each.name for each in stated()]
    assert len(set(names)) == len(names)
    assert {name.partition(".")[0] for name in names} == {
        *("customers", "loyalty"),
        *("offers", "promotions"),
    }


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(make_staff("loyalty.verify"))
    return client


def test_the_page_reads_nothing_before_it_is_asked(auditor):
    group_with_a_wrong_count()
    html = auditor.get(PAGE).content.decode()
    assert html.count("not asked yet") == len(stated())
    assert "ve-broken" not in html


def test_the_page_shows_what_holds_and_the_evidence_of_what_does_not(auditor):
    group = group_with_a_wrong_count()
    html = auditor.post(PAGE, {"name": [each.name for each in stated()]}).content.decode()
    assert html.count('class="ve-holds"') == len(stated()) - 1
    assert html.count('class="ve-broken"') == 1
    assert f"<td>{group.pk}</td><td>7</td><td>1</td>" in html


def test_one_is_asked_alone_as_the_script_does(auditor):
    group_with_a_wrong_count()
    html = auditor.post(PAGE, {"name": "offers.assigned-count"}).content.decode()
    assert html.count("ve-holds") == 1
    assert "ve-broken" not in html


def test_without_the_right_nothing_is_told(client):
    client.force_login(make_staff("loyalty.view_batch"))
    assert client.get(PAGE).status_code == client.post(PAGE).status_code == 403
