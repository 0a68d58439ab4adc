"""Baskets that are pasted: lines of tables and tills, and the JSON of the API."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from promotions.admin.try_basket.asked import MOST_ROWS, Row
from promotions.admin.try_basket.pasting import LONGEST, read
from tests.factories import make_customer
from tests.promotions.admin.try_basket.tried_baskets import TRY, sent, sums, words
from tests.promotions.factories import make_discount, make_point_of_sale, make_product


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("TEA 2 3.50", [Row("TEA", "2", "3.50")]),
        ("TEA\t2\t3,50", [Row("TEA", "2", "3.50")]),
        ("TEA;2;3.50\r\nCUP;1", [Row("TEA", "2", "3.50"), Row("CUP", "1", "")]),
        ("TEA", [Row("TEA", "", "")]),
        ("\n  Green tea 2  \n\n", [Row("Green tea", "2", "")]),
        ("5900000000017 1 2", [Row("5900000000017", "1", "2")]),
        ("5900000000017", [Row("5900000000017", "", "")]),
        ("TEA 100;2", [Row("TEA 100", "2", "")]),
        ("TEA 7 1 2", [Row("TEA 7", "1", "2")]),
        ("TEA;1;", [Row("TEA", "1", "")]),
    ],
)
def test_a_line_is_a_product_a_quantity_and_a_price(text, rows):
    assert read(text) == (rows, {})


@pytest.mark.parametrize("wrong", ["TEA;two;3", "TEA;1;2;3", ";1;2", "TEA\t1\tcheap"])
def test_a_line_that_makes_no_sense_is_named(wrong):
    with pytest.raises(ValidationError, match="Line 2: write"):
        read(f"CUP 1\n{wrong}")


def test_the_json_of_the_api_says_everything():
    asked = {
        "customer": "id:7",
        "point_of_sale": "P1",
        "at": "2026-06-15T12:00:00Z",
        "points_to_spend": "3",
        "lines": [{"id": "1", "product": "TEA", "quantity": "2", "unit_price": "10.00"}],
    }
    others = {name: asked[name] for name in ("customer", "point_of_sale", "at", "points_to_spend")}
    assert read(json.dumps(asked)) == ([Row("TEA", "2", "10.00")], others)


def test_numbers_of_json_are_kept_to_the_cent():
    asked = '{"lines": [{"product": "TEA", "quantity": 1, "unit_price": 0.10}]}'
    assert read(asked) == ([Row("TEA", "1", "0.10")], {})


@pytest.mark.parametrize(
    "wrong",
    [
        "{",
        "{}",
        '{"lines": 1}',
        '{"lines": [1]}',
        '{"lines": [{"product": ["TEA"]}]}',
        '{"lines": [], "customer": {}}',
        '{"lines": [{"product": "\\ud800"}]}',
        '{"lines": [], "customer": "\\ud800"}',
        '{"a":' * 50_000 + "}",
    ],
)
def test_other_json_is_refused(wrong):
    with pytest.raises(ValidationError):
        read(wrong[:LONGEST])


def test_no_more_than_a_basket_holds():
    with pytest.raises(ValidationError, match="at most 300 lines"):
        read("TEA\n" * (MOST_ROWS + 1))
    with pytest.raises(ValidationError, match="too much"):
        read("T" * (LONGEST + 1))


@pytest.fixture
def shop():
    make_product("Green tea", external_id="TEA", price="4.00")
    return make_point_of_sale(key="P1", time_zone="Europe/Warsaw")


@pytest.mark.django_db
def test_what_is_pasted_replaces_the_lines(client, shop):
    response = sent(client, ("OLD", "1", "9.00"), paste="TEA 3")
    assert (
        response.headers["Location"] == f"{TRY}?point_of_sale=P1&at=2026-06-15T12%3A00&line=TEA~3~"
    )


@pytest.mark.django_db
def test_pasted_json_says_for_whom_when_and_where(client, shop):
    ann = make_customer("ann@example.com")
    line = {"product": "TEA", "quantity": "2", "unit_price": "1.00"}
    asked = {"customer": "email:ann@example.com", "at": "2026-06-15T12:00:00Z", "lines": [line]}
    response = sent(client, paste=json.dumps(asked))
    assert response.headers["Location"] == (
        f"{TRY}?point_of_sale=P1&at=2026-06-15T14%3A00&customer={ann.pk}&line=TEA~2~1.00"
    )
    page = client.get(response.headers["Location"])
    assert sums(page)["payable"] == "2.00 EUR"


@pytest.mark.django_db
def test_what_makes_no_sense_stays_with_its_error_and_the_lines_stay_too(client, shop):
    response = sent(client, ("TEA", "1", ""), paste="TEA;one")
    assert response.context["pasted"] == "TEA;one"
    assert "Line 1: write “SKU quantity price”" in words(response)
    assert sums(response)["payable"] == "4.00 EUR"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "off"),
    [
        ("2026-10-25T00:15:00Z", "0.00 EUR"),
        ("2026-10-25T01:15:00Z", "2.00 EUR"),
        ("2026-10-25T01:30:29.5Z", "2.00 EUR"),
        ("2026-10-25T01:30:30Z", "0.00 EUR"),
    ],
)
def test_pasted_moments_are_kept_to_the_second_and_when_clocks_are_put_back(client, tea, at, off):
    make_point_of_sale(key="P1", time_zone="Europe/Warsaw")
    start = dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC)
    make_discount(everything=True, start=start, end=start + dt.timedelta(minutes=30, seconds=30))
    lines = [{"product": "TEA", "quantity": "1"}]
    pasted = json.dumps({"point_of_sale": "P1", "at": at, "lines": lines})
    address = client.post(TRY, {"paste": pasted}).headers["Location"]
    page = client.get(address)
    assert sums(page).get("discount", "0.00 EUR") == off
    # What the field shows is sent again as it is.
    field = page.context["form"]["at"]
    assert (field.field.widget.input_type, field.value()) == (
        "text",
        dt.datetime.fromisoformat(at).astimezone(ZoneInfo("Europe/Warsaw")).isoformat(),
    )
