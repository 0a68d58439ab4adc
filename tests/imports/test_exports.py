"""Exports: csv and xlsx, streamed, harmless, permitted and recorded (T36)."""

import csv
import io
import tracemalloc
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from customers.models import User
from imports import exports
from imports.models import Export
from offers.models import Assignment
from tests.factories import make_customer, make_offer
from tests.imports.runs import imported
from tests.offers.assignments import assigned
from tests.pages import staff_with

pytestmark = pytest.mark.django_db(transaction=True)

EXPORT = "/admin/imports/export/add/"
LIST = "/admin/imports/export/"
TYPE = "private-offer-emails"


@pytest.fixture
def analyst() -> Client:
    return staff_with("offers.export_assignments")


def assign(offer, *emails: str) -> None:
    Assignment.objects.bulk_create(
        Assignment(customer=make_customer(email), offer=offer) for email in emails
    )


def assign_many(offer, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH made AS (INSERT INTO customers_customer (email)"
            " SELECT n || '@example.com' FROM generate_series(1, %s) AS n RETURNING id)"
            " INSERT INTO offers_assignment (customer_id, offer_id) SELECT id, %s FROM made",
            [number, offer.pk],
        )


def rows_of(data: bytes, format: str = "csv") -> list[list[str]]:
    if format == "csv":
        return list(csv.reader(io.StringIO(data.decode())))
    sheet = load_workbook(io.BytesIO(data), read_only=True).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def taken(client: Client, format: str = "csv", type: str = TYPE, **fields) -> list[list[str]]:
    response = client.post(f"{EXPORT}?type={type}", {"format": format, **fields})
    return rows_of(b"".join(response), format)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_an_export_holds_the_pairs_under_the_imports_headers_T36(analyst, format):
    cakes, tea = make_offer(name="cakes"), make_offer(name="tea, green")
    assign(cakes, "ann@example.com", "bob@example.com")
    assign(tea, "zoe@bücher.example")
    assert taken(analyst, format) == [
        ["Email", "Offer ID"],
        ["ann@example.com", "cakes"],
        ["bob@example.com", "cakes"],
        ["zoe@bücher.example", "tea, green"],
    ]


def test_an_export_is_narrowed_to_an_offer_T36(analyst):
    assign(make_offer(name="cakes"), "ann@example.com")
    tea = make_offer(name="tea")
    assign(tea, "bob@example.com")
    assert taken(analyst, offer="tea") == [["Email", "Offer ID"], ["bob@example.com", "tea"]]
    page = analyst.get(f"{EXPORT}?type={TYPE}&offer={tea.pk}").content.decode()
    assert 'name="offer" value="tea"' in page


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_an_exported_file_is_imported_again_unchanged_T36(analyst, format):
    odd = ["=1+1@example.com", "+tag@example.com", "-x@example.com", "o'hara@example.com"]
    for name in ('=HYPERLINK("http://evil")', "@home", 'plain, "quoted"', "-5", "'quoted'"):
        assign(make_offer(name=name), *(f"{email}{name.isalpha()}" for email in []))
        for customer in odd:
            offer = make_offer(name=f"{name} for {customer[0]}")
            assign(offer, f"{customer.split('@')[0]}@{offer.pk}.example")
    before = assigned()
    response = analyst.post(EXPORT, {"format": format})
    data = b"".join(response)
    again = imported(TYPE, data, name=f"again.{format}")
    assert (again.unchanged, again.created, again.rejected) == (20, 0, 0)
    Assignment.objects.all().delete()
    assert imported(TYPE, data, name=f"anew.{format}").created == 20
    assert assigned() == before


@pytest.mark.parametrize("offer", ["99999", "cakes", "²", "9" * 30])
def test_an_address_that_names_no_offer_narrows_nothing(analyst, offer):
    answer = analyst.get(EXPORT, {"type": TYPE, "offer": offer})
    assert (answer.status_code, answer.context["form"]["offer"].value()) == (200, "")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd"])
def test_no_cell_of_an_export_is_a_formula_T36(analyst, format, name):
    assign(make_offer(name=name), "ann@example.com")
    response = analyst.post(EXPORT, {"format": format})
    data = b"".join(response)
    assert rows_of(data, format)[1] == ["ann@example.com", f"'{name}"]
    if format == "xlsx":
        (cells,) = load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)
        assert [cell.data_type for cell in cells] == ["s", "s"]


def test_an_export_needs_its_own_permission_T36():
    assign(make_offer(), "ann@example.com")
    for client in (
        staff_with("offers.import_assignments", "offers.view_privateoffer", "imports.view_export"),
        staff_with("imports.add_export", "imports.change_export"),
    ):
        assert client.get(EXPORT).status_code == 403
        assert client.post(EXPORT, {"format": "csv"}).status_code == 403
        assert client.post(f"{EXPORT}?type={TYPE}", {"format": "csv"}).status_code == 403
    assert not Export.objects.exists()


def test_only_a_post_with_the_pages_token_exports_T36(analyst):
    assign(make_offer(), "ann@example.com")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = analyst.cookies
    assert strict.post(EXPORT, {"format": "csv"}).status_code == 403
    assert "ann@example.com" not in analyst.get(f"{EXPORT}?format=csv").content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"format": "pdf"}, "Select a valid choice."),
        ({"format": "csv", "offer": "nothing"}, "No private offer has this system name."),
        ({"format": "csv", "offer": "everybody"}, "No private offer has this system name."),
    ],
)
def test_what_cannot_be_exported_is_said_and_not_recorded_T36(analyst, fields, message):
    make_offer(name="everybody", is_public=True)
    assert message in unescape(analyst.post(EXPORT, fields).content.decode())
    assert not Export.objects.exists()


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_sent_T36(analyst, monkeypatch):
    monkeypatch.setattr(exports, "SHEET_ROWS", 2)
    assign(make_offer(), "a@example.com", "b@example.com")
    assert len(taken(analyst, "xlsx")) == 3
    assign(make_offer(), "c@example.com")
    page = analyst.post(EXPORT, {"format": "xlsx"}).content.decode()
    assert "more rows than a sheet of XLSX holds. Choose CSV." in page
    assert len(taken(analyst, "csv")) == 4


def test_who_exported_what_is_recorded_and_never_the_data_T36(analyst, caplog):
    offer = make_offer(name="cakes")
    assign(offer, "ann@example.com", "bob@example.com")
    taken(analyst, "xlsx", offer="cakes")
    record = Export.objects.get()
    assert (record.type, record.format, record.rows) == (TYPE, "xlsx", 2)
    assert (record.filters, record.user) == ({"offer": offer.pk}, User.objects.get())
    events = [
        entry.msg
        for entry in caplog.records
        if isinstance(entry.msg, dict) and entry.msg["event"].startswith("export_")
    ]
    assert [(event["event"], event["export"]) for event in events] == [
        ("export_begun", record.pk),
        ("export_finished", record.pk),
    ]
    assert "ann@example.com" not in caplog.text


def test_an_export_that_is_broken_off_stays_recorded_as_not_finished_T36(analyst):
    assign_many(make_offer(), 4100)
    response = analyst.post(EXPORT, {"format": "csv"})
    next(iter(response))
    response.close()
    assert Export.objects.get().rows is None
    page = staff_with("imports.view_export").get(LIST).content.decode()
    assert "not finished" in page


def test_the_record_of_exports_is_read_only_and_costs_the_same_at_one_and_three_T36(
    analyst, django_assert_num_queries
):
    assign(make_offer(name="cakes"), "ann@example.com")
    auditor = staff_with("imports.view_export", "imports.change_export", "imports.delete_export")
    taken(analyst, offer="cakes")
    auditor.get(LIST)
    with django_assert_num_queries(8):
        page = auditor.get(LIST).content.decode()
    assert "Customer private offer: cakes" in page
    taken(analyst)
    taken(analyst, offer="cakes")
    with django_assert_num_queries(8):
        auditor.get(LIST)
    record = Export.objects.first()
    for tail in ("change/", "delete/"):
        assert auditor.post(f"{LIST}{record.pk}/{tail}", {"post": "yes"}).status_code == 404
    assert Export.objects.count() == 3
    assert analyst.get(LIST).status_code == 403


@pytest.mark.parametrize(("format", "rows"), [("csv", 40_000), ("xlsx", 12_000)])
def test_memory_stays_flat_however_many_rows_T36(format, rows):
    assign_many(make_offer(), rows)
    record = exports.begin(type=TYPE, format=format, user=None)
    tracemalloc.start()
    sent = sum(len(chunk) for chunk in exports.chunks(record))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (record.rows, sent > 5 * rows) == (rows, True)
    assert peak < 4_000_000
