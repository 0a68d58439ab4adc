"""T34: whatever table a program writes as csv, the same table is read."""

import csv
import io

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from imports.reading import UnreadableFile

from .files import read

LETTERS = {
    "utf-8": st.characters(codec="utf-8", exclude_characters="\0\ufffd"),
    "utf-16-le": st.characters(codec="utf-8", exclude_characters="\0\ufffd"),
    "cp1250": st.sampled_from("abc @.,;\t\"'\n\r\x1c_|ąćęłńóśźżÄÖ"),
    "cp1251": st.sampled_from("abc @.,;\t\"'\n\r\x1c_|абвгґєії"),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    encoding = draw(st.sampled_from(sorted(LETTERS)))
    width = draw(st.integers(1, 4))
    cell = st.text(LETTERS[encoding], max_size=8)
    row = st.lists(cell, min_size=width, max_size=width).filter(any)
    return encoding, draw(st.lists(row, max_size=12))


# The first draw of all reads the table of Unicode's characters, which takes seconds.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    table=tables(),
    delimiter=st.sampled_from([",", ";", "\t"]),
    # Left to choose, the writer quotes no other line ends than its own.
    style=st.sampled_from(
        [
            ("\r\n", csv.QUOTE_MINIMAL),
            ("\r\n", csv.QUOTE_ALL),
            ("\n", csv.QUOTE_ALL),
            ("\r", csv.QUOTE_ALL),
        ]
    ),
)
@example(("utf-8", [["a", "\ufeff"]]), ",", ("\r\n", csv.QUOTE_MINIMAL))
@example(("cp1250", [[",@"]]), ";", ("\r\n", csv.QUOTE_MINIMAL))
def test_any_table_written_as_csv_reads_back_equal(
    table: tuple[str, list[list[str]]], delimiter: str, style: tuple[str, int]
) -> None:
    (encoding, rows), (end, quoting) = table, style
    header = [f"Column {number}" for number in range(len(rows[0]) if rows else 2)]
    # One column shows no delimiter, and is read as if it were the comma.
    delimiter = delimiter if len(header) > 1 else ","
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([header, *rows])
    content = target.getvalue().encode(encoding)
    opened, found, malformed = read(content, expected=header, encoding=encoding)
    assert (list(opened.header), malformed) == (header, [])
    assert [list(cells) for _line, cells in found] == rows


@given(st.binary(max_size=300))
@example(b'"')
@example(b"PK\x03\x04")
def test_no_bytes_whatever_lead_to_anything_but_rows_or_a_refusal(content: bytes) -> None:
    for prefix in (b"", b"Email,Offer ID\n"):
        try:
            opened, found, _malformed = read(prefix + content)
        except UnreadableFile:
            continue
        assert {len(cells) for _line, cells in found} <= {len(opened.header)}
        assert not any("\0" in cell for _line, cells in found for cell in cells)
