"""T36: an xlsx gives the texts that a person sees in its cells."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from imports.reading import Limits, UnreadableFile, open_rows

from .files import read, rows_of, saved, sheet, with_part, with_strings, xlsx, zipped

SHEET = "xl/worksheets/sheet1.xml"
HEADER = ["Email", "Offer ID"]
HEADER_XML = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Email</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Offer ID</t></is></c></row>'
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Łódź", "Łódź"),
        (380980000000, "380980000000"),
        (380980000000.0, "380980000000"),
        (1e18, "1000000000000000000"),
        (0.0000001, "0.0000001"),
        (19.989999999999998, "19.99"),
        (-2.5, "-2.5"),
        (True, "true"),
        (False, "false"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 0, 0), "2026-03-01"),  # noqa: DTZ001
        (datetime(2026, 3, 1, 18, 30), "2026-03-01 18:30:00"),  # noqa: DTZ001
        (time(18, 30), "18:30:00"),
        ("#N/A", "#N/A"),
    ],
)
def test_values_read_as_a_person_sees_them(value: object, text: str) -> None:
    assert rows_of(xlsx(HEADER, ["a@b.pl", value])) == [(2, ("a@b.pl", text))]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="B2"><v>3.8098E+11</v></c>', "380980000000"),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="B2" t="str"><f>A2</f><v>x</v></c>', "x"),
        ('<c r="B2" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B2" t="d"><v>2026-03-01T00:00:00</v></c>', "2026-03-01"),
        ('<c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab"),
        ('<c r="B2"/>', ""),
        ("<c><v>7</v></c>", "7"),
    ],
)
def test_cells_as_other_programs_write_them(cell: str, text: str) -> None:
    content = sheet(f'{HEADER_XML}<row r="2"><c r="A2"><v>1</v></c>{cell}</row>')
    assert rows_of(content) == [(2, ("1", text))]


def test_shared_strings_join_their_runs_and_leave_out_phonetic_hints() -> None:
    runs = "<r><t>a</t></r><r><t>@b.pl</t></r><rPh><t>x</t></rPh>"
    cells = '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'
    content = with_strings(sheet(cells), "<t>Email</t>", runs)
    assert rows_of(content) == [(2, ("a@b.pl",))]


def test_a_date_outside_the_calendar_is_an_error_value() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(["a@b.pl", 99999999])
    book.active["B2"].number_format = "yyyy-mm-dd"
    assert rows_of(saved(book)) == [(2, ("a@b.pl", "#VALUE!"))]


def test_row_numbers_are_those_of_the_sheet_and_blank_rows_are_skipped() -> None:
    rows = '<row r="2"/><row r="7"><c r="A7"><v>1</v></c></row><row><c r="B8"><v>2</v></c></row>'
    content = sheet(HEADER_XML + rows)
    assert rows_of(content) == [(7, ("1", "")), (8, ("", "2"))]


def test_cells_beyond_the_header_reject_their_row() -> None:
    _opened, rows, malformed = read(xlsx(HEADER, ["a", "b", "c"], ["d", "e", None], ["f"]))
    assert rows == [(3, ("d", "e")), (4, ("f", ""))]
    assert malformed == [(2, ["a", "b", "c"], "too-many-cells")]


def test_what_follows_the_rows_does_not_matter_however_long_it_is() -> None:
    content = sheet(HEADER_XML + '<row r="2"><c r="A2"><v>1</v></c></row>')
    links = "</sheetData><hyperlinks>" + '<hyperlink ref="A2" r="rId1"/>' * 60_000 + "</hyperlinks>"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(SHEET).replace(b"</sheetData>", links.encode())
    assert rows_of(with_part(content, SHEET, xml)) == [(2, ("1", ""))]


def test_the_active_sheet_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Other"])
    book.active = book.create_sheet("Emails")
    book.active.append(HEADER)
    book.active.append(["a@b.pl", "A"])
    opened, rows, _malformed = read(saved(book))
    assert (opened.header, rows) == (("Email", "Offer ID"), [(2, ("a@b.pl", "A"))])


def test_positions_grow_to_the_size_of_the_sheet() -> None:
    content = xlsx(HEADER, *([f"user{number}@example.com", "A"] for number in range(5_000)))
    opened, batches = open_rows(io.BytesIO(content), expected=HEADER)
    counted = [(len(batch), batch.position) for batch in batches]
    positions = [position for _rows, position in counted]
    assert sum(rows for rows, _position in counted) == 5_000
    assert positions == sorted(positions)
    assert positions[-1] == opened.size


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('<row r="2"><c r="ZZZZZ2"><v>1</v></c></row>', "damaged"),
        ('<row r="2"><c r="XFD2"><v>1</v></c></row>', "Row 2 of the sheet is too long"),
        ('<row r="999999999"><c r="A2"><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', "damaged"),
        ('<row r="x"><c r="A2"><v>1</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2" t="s"><v>5</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2"><v>many</v></c></row>', "damaged"),
        ("<row", "damaged"),
        (f'<row r="2">{"<c><v>1</v></c>" * 100_000}</row>', "Row 2 of the sheet is too long"),
        (
            f'<row r="2"><c t="inlineStr"><is><t>{"x" * 300_000}</t></is></c></row>',
            "Row 2 of the sheet is too long",
        ),
    ],
    ids=[
        "far",
        "wide",
        "high",
        "twice",
        "row",
        "string",
        "negative",
        "number",
        "xml",
        "long",
        "cell",
    ],
)
def test_hostile_rows_are_refused(row: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        rows_of(sheet(HEADER_XML + row))


def test_a_long_string_that_many_cells_share_is_refused() -> None:
    cells = '<c t="s"><v>0</v></c>' * 1_000
    content = with_strings(sheet(f"{HEADER_XML}<row>{cells}</row>"), f"<t>{'x' * 100_000}</t>")
    with pytest.raises(UnreadableFile, match="Row 2 of the sheet is too long"):
        rows_of(content)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/theme/theme1.xml"]
)
def test_entities_are_refused_in_every_part(part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(UnreadableFile, match="The XLSX file is damaged"):
        rows_of(with_part(xlsx(HEADER), part, bomb))


def test_an_xlsx_too_large_for_memory_is_refused() -> None:
    strings = with_part(xlsx(HEADER), "xl/sharedStrings.xml", b"<x>" + b" " * 5_000)
    rows = sheet("<row/>" * 5_000)
    for content, limits in [(strings, Limits(workbook=20_000)), (rows, Limits(sheet=20_000))]:
        with pytest.raises(UnreadableFile, match=r"too large to be read\. Save the table as CSV"):
            rows_of(content, limits=limits)


@pytest.mark.parametrize(
    "part",
    ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"],
)
@pytest.mark.parametrize("content", [b"", b"<x/>", b"<x", b"\xff"])
def test_a_damaged_part_is_refused(part: str, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="The XLSX file is damaged"):
        rows_of(with_part(xlsx(HEADER), part, content))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_xlsx_is_refused(share: float) -> None:
    whole = xlsx(HEADER, ["a@b.pl", "A"])
    with pytest.raises(UnreadableFile, match="damaged"):
        rows_of(whole[: int(len(whole) * share)])


def test_an_xlsx_with_a_flipped_byte_is_refused_or_unharmed() -> None:
    whole = xlsx(HEADER, *([f"user{number}@example.com", "A"] for number in range(20)))
    expected = read(whole)[1:]
    for position in range(4, len(whole), 61):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        try:
            assert read(bytes(damaged))[1:] == expected
        except UnreadableFile:
            continue


def test_an_xlsx_within_a_zip_bomb_is_refused() -> None:
    bomb = zipped(("a.xlsx", sheet("<row/>" * 1_000_000)))
    with pytest.raises(UnreadableFile, match="too large"):
        rows_of(bomb, limits=Limits(sheet=1_000_000))
