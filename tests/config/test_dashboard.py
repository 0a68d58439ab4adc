"""The start page of the back-office: its parts by permission, and while all is empty."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from imports.models import Job, State
from offers.assignment import assign
from tests.factories import (
    DAY,
    make_altshop,
    make_customer,
    make_image,
    make_offer,
    make_staff,
    make_user,
)
from tests.pages import links, page_text, signed_in, text

pytestmark = pytest.mark.django_db
START = "/admin/"
LIST = "/admin/offers/privateoffer/"
ALL = (
    "offers.view_privateoffer",
    "offers.add_privateoffer",
    "offers.import_assignments",
    "customers.view_customer",
)
PARTS = {
    "offers": "Customer private offers",
    "events": "The next 14 days",
    "imports": "Latest imports",
}


def headings(answer) -> list[str]:
    found = re.findall(r'<h2 id="da-\w+">(.*?)</h2>', answer.content.decode(), re.DOTALL)
    return [text(words) for words in found]


def fill(number: int) -> None:
    now, image = timezone.now(), make_image()
    shop = make_altshop(is_default=True, time_zone="Asia/Tokyo")
    for _ in range(number):
        window = {"start": now - DAY, "end": now + DAY}
        offer = make_offer(**window, altshops=[shop], image=image, is_public=True)
        make_offer(**window, altshops=[shop], image=image)
        options = {"offer": offer.pk}
        Job.objects.create(
            type="private-offer-emails",
            state=State.DONE,
            created=7,
            options=options,
            user=make_user(),
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_eleven_queries_however_much_there_is(rows, django_assert_num_queries):
    fill(rows)
    client = signed_in(make_staff(*ALL))
    # Session, user, two of permissions; zone, statuses, altshop, two of events, two of imports.
    with django_assert_num_queries(11):
        answer = client.get(START)
    assert headings(answer) == list(PARTS.values())


@pytest.mark.parametrize(
    ("permissions", "parts"),
    [
        (["offers.view_privateoffer"], ["offers", "events"]),
        (["offers.import_assignments"], ["imports"]),
        (["customers.view_customer"], []),
    ],
)
def test_each_part_needs_its_permission(permissions, parts):
    fill(1)
    answer = signed_in(make_staff(*permissions)).get(START)
    assert headings(answer) == [PARTS[part] for part in parts]


def test_imports_of_a_type_one_may_not_start_are_not_shown():
    fill(1)
    Job.objects.create(type="customers", state=State.DONE, file_name="secret-people.csv")
    body = page_text(signed_in(make_staff("offers.import_assignments")).get(START))
    assert "7 created" in body
    assert "secret-people" not in body


def test_quick_actions_are_those_one_may_take():
    fill(1)
    actions = {"Import e-mails": "/admin/imports/job/add/?type=private-offer-emails"}
    actions["+ Add customer private offer"] = f"{LIST}add/"
    seen = dict(links(signed_in(make_staff(*ALL)).get(START)))
    assert {words: seen.get(words) for words in actions} == actions
    answer = signed_in(make_staff("offers.view_privateoffer")).get(START)
    assert [words for words, _ in links(answer) if words in actions] == []
    assert "Find a customer" not in answer.content.decode()


def test_counts_are_those_of_the_lists_they_lead_to():
    now, image = timezone.now(), make_image()
    window = {"start": now - DAY, "end": now + DAY, "image": image}
    make_offer(**window, is_public=True)
    make_offer(**window, is_public=True)
    assigned = make_offer(**window)
    assign(offer=assigned, customers=[make_customer()])
    make_offer(**window)
    make_offer(**window, is_active=False)
    make_offer(image=image, start=now + DAY, end=now + 2 * DAY, is_public=True)
    make_offer(image=image, start=now - 2 * DAY, end=now - DAY)
    client = signed_in(make_staff("offers.view_privateoffer"))
    shown = {words: address for words, address in links(client.get(START)) if "?status=" in address}
    assert list(shown) == [
        "3 play_circle Live",
        "1 schedule Scheduled",
        "1 edit_note Draft",
        "1 event_busy Ended",
        "1 do_not_disturb_on Off",
    ]
    for words, address in shown.items():
        listed = client.get(address).context["cl"].result_count
        assert listed == int(words.split()[0]), address


def test_what_starts_and_ends_is_in_order_in_the_zone_of_the_default_altshop():
    now, image = timezone.now(), make_image()
    make_altshop(is_default=True, time_zone="Asia/Tokyo")
    make_offer(visible_name="Ends", image=image, start=now - DAY, end=now + 2 * DAY, is_public=True)
    make_offer(visible_name="Starts", image=image, start=now + DAY, end=now + 90 * DAY)
    make_offer(visible_name="Far", image=image, start=now - DAY, end=now + 15 * DAY)
    make_offer(visible_name="Off", image=image, start=now + DAY, end=now + DAY * 2, is_active=False)
    body = signed_in(make_staff("offers.view_privateoffer")).get(START).content.decode()
    events = [
        text(part) for part in re.findall(r'<li class="da-event">(.*?)</li>', body, re.DOTALL)
    ]
    tokyo = dt.timezone(dt.timedelta(hours=9))
    starts, ends = (f"{now.astimezone(tokyo) + DAY * days:%H:%M}" for days in (1, 2))
    assert [re.sub(r"offer-\d+ ", "", event) for event in events] == [
        f"Starts group_off No e-mails assigned yet play_arrow starts {starts}",
        f"Ends stop ends {ends}",
    ]
    assert "Times in Asia/Tokyo" in body


def test_only_the_next_eight_are_listed():
    now, image = timezone.now(), make_image()
    for hours in range(1, 7):
        window = {"start": now + DAY * hours / 24, "end": now + DAY * (1 + hours / 24)}
        make_offer(**window, image=image)
    answer = signed_in(make_staff("offers.view_privateoffer")).get(START)
    assert [event.starts for event in answer.context["events"]] == [True] * 6 + [False] * 2


def test_without_an_altshop_one_is_told_to_add_it_first():
    answer = signed_in(make_staff(*ALL, "offers.add_altshop")).get(START)
    assert headings(answer) == ["First, an altshop", "Latest imports"]
    assert ("+ Add altshop", "/admin/offers/altshop/add/") in links(answer)
    assert f"{LIST}add/" not in [address for _, address in links(answer)]
    assert "No file has been imported yet." in page_text(answer)
    told = page_text(signed_in(make_staff(*ALL)).get(START))
    assert "Ask whoever manages the settings here to add the first one." in told


def test_without_an_offer_one_is_told_to_add_it():
    make_altshop()
    answer = signed_in(make_staff(*ALL)).get(START)
    assert headings(answer) == ["There are no private offers yet", "Latest imports"]
    assert ("+ Add customer private offer", f"{LIST}add/") in links(answer)


def test_nothing_in_the_next_days_is_said_calmly():
    now = timezone.now()
    make_offer(start=now - DAY, end=now + 15 * DAY)
    answer = signed_in(make_staff("offers.view_privateoffer")).get(START)
    assert "All calm: no offer starts or ends." in page_text(answer)


def test_staff_without_a_role_are_welcomed_and_told_whom_to_ask():
    fill(1)
    answer = signed_in(make_staff(first_name="Ola")).get(START)
    assert headings(answer) == ["Welcome, Ola"]
    assert "Ask whoever manages users here" in page_text(answer)


def test_staff_of_other_chapters_are_led_there():
    answer = signed_in(make_staff("customers.view_user", "auth.view_group")).get(START)
    places = re.search(r'<nav class="da-places".*?</nav>', answer.content.decode(), re.DOTALL)[0]
    assert re.findall(r'href="(.*?)"', places) == ["/admin/customers/user/", "/admin/auth/group/"]


def test_pages_of_libraries_and_of_apps_are_not_there():
    client = signed_in(make_staff(is_superuser=True))
    body = client.get(START).content.decode()
    assert [
        word for word in ("procrastinate", "pghistory", "Site administration") if word in body
    ] == []
    assert client.get("/admin/procrastinate/").status_code == 404
    assert client.get("/admin/pghistory/").status_code == 404
    assert client.get("/admin/offers/").headers["Location"] == START


def test_the_brand_is_ours():
    body = signed_in(make_staff(is_superuser=True)).get(START).content.decode()
    assert 'src="/static/offers/icon.svg"' in body
    assert '<div id="site-name">' in body


def test_strangers_are_sent_to_the_door(client):
    assert client.get(START).headers["Location"] == "/admin/login/?next=%2Fadmin%2F"
