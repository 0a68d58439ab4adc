"""Settings > Points programme: one form, for those who may change it (P15)."""

import re
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from loyalty.models import Programme, programme
from promotions.engine import Programme as EngineProgramme
from promotions.models import RulesVersion
from tests.factories import DAY, NOON, make_staff
from tests.pages import text

pytestmark = pytest.mark.django_db

FORM = "/admin/loyalty/programme/1/change/"


def staff_who_may(*permissions: str) -> Client:
    client = Client()
    client.force_login(make_staff(*permissions))
    return client


@pytest.fixture
def manager() -> Client:
    return staff_who_may("loyalty.change_programme")


def sent(**fields: str) -> dict[str, str]:
    return {"share": "100", "delay_days": "14", "lifetime_days": "", **fields}


def test_the_list_is_the_form_which_shows_what_holds(manager):
    answer = manager.get("/admin/loyalty/programme/")
    assert answer["Location"] == FORM
    form = manager.get(FORM).context["adminform"].form
    assert {name: form[name].value() for name in form.fields} == {
        "share": Decimal(100),
        "delay_days": 14,
        "lifetime_days": None,
        "whole_points": False,
    }
    assert not Programme.objects.exists()


def test_what_is_saved_holds_and_is_written_down(manager):
    for share in ("30", "12.5"):
        answer = manager.post(FORM, sent(share=share, whole_points="on", lifetime_days="365"))
        assert answer["Location"] == "/admin/loyalty/programme/"
    assert Programme.objects.get().pk == 1
    assert programme().as_engine() == EngineProgramme(whole_points=True, share=Decimal("0.125"))
    history = text(manager.get("/admin/loyalty/programme/1/history/").content.decode())
    assert "30.00 → after: 12.50" in history
    assert "Days until points expire after: 365" in history


@pytest.mark.parametrize("page", ["change", "history"])
def test_the_way_to_the_page_names_it_once(manager, page):
    manager.post(FORM, sent(share="30"))
    body = manager.get(f"/admin/loyalty/programme/1/{page}/").content.decode()
    way = re.search(r'<ol class="bo-breadcrumbs">.*?</ol>', body, re.DOTALL)
    assert text(way[0]) == "Settings Points programme"


def test_what_nobody_changed_has_no_history_yet(manager):
    answer = manager.get("/admin/loyalty/programme/1/history/", follow=True)
    assert answer.redirect_chain == [(FORM, 302)]
    assert "these are the defaults" in text(answer.content.decode())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("share", "100.01"),
        ("share", "-1"),
        ("share", "0.001"),
        ("share", ""),
        ("delay_days", "-1"),
        ("delay_days", "367"),
        ("lifetime_days", "0"),
        ("lifetime_days", "36601"),
    ],
)
def test_what_can_t_be_is_said_beside_its_field_and_nothing_is_saved(manager, field, value):
    answer = manager.post(FORM, sent(**{field: value}))
    assert list(answer.context["adminform"].form.errors) == [field]
    assert not Programme.objects.exists()


def test_there_is_one_and_it_stays(manager):
    manager.post(FORM, sent())
    for page in ("add/", "2/change/", "1/delete/"):
        answer = manager.post(f"/admin/loyalty/programme/{page}", {"post": "yes"})
        assert answer.status_code in (302, 403)
    assert Programme.objects.get().pk == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.create(pk=2)


def test_who_may_only_see_it_can_t_change_it():
    viewer = staff_who_may("loyalty.view_programme")
    assert viewer.get(FORM).status_code == 200
    assert viewer.post(FORM, sent(share="1")).status_code == 403
    other = staff_who_may("loyalty.view_batch")
    answers = [other.get(FORM), other.post(FORM, sent()), other.get("/admin/loyalty/programme/")]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert not Programme.objects.exists()


def test_the_page_is_in_the_menu_of_those_who_may_change_it(manager):
    assert ">Points programme<" in "".join(manager.get("/admin/").content.decode().split("\n"))
    assert (
        "Points programme"
        not in staff_who_may("offers.view_altshop").get("/admin/").content.decode()
    )


def test_prices_are_made_anew_when_it_changes(manager):
    RulesVersion.objects.all().delete()
    manager.post(FORM, sent())
    assert RulesVersion.objects.exists()
    RulesVersion.objects.all().delete()
    manager.post(FORM, sent())
    assert not RulesVersion.objects.exists()
    manager.post(FORM, sent(share="30"))
    assert RulesVersion.objects.exists()


def test_the_row_or_the_defaults_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert programme().as_engine() == EngineProgramme(whole_points=False, share=Decimal(1))
    Programme.objects.create(share=Decimal("33.33"), delay_days=3, lifetime_days=10)
    with django_assert_num_queries(1):
        held = programme()
    assert held.as_engine().share == Decimal("0.3333")
    assert held.opens_at(NOON) == NOON + 3 * DAY
    assert held.expires_at(NOON + 3 * DAY) == NOON + 13 * DAY
    assert Programme().expires_at(NOON) is None
