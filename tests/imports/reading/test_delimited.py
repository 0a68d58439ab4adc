"""T33, T34, T36: csv and txt, as programs and people really write them."""

import io

import pytest

from imports.reading import Limits, UnreadableFile, open_rows

from .files import read, rows_of

HEADER = b"Email,Offer ID\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_columns_t34(delimiter: str) -> None:
    opened, rows, malformed = read(f"email{delimiter} OFFER ID \na@b.pl{delimiter}A|B\n".encode())
    assert (opened.kind, opened.delimiter) == ("csv", delimiter)
    assert opened.header == ("email", "OFFER ID")
    assert (rows, malformed) == ([(2, ("a@b.pl", "A|B"))], [])


def test_a_comma_within_the_header_does_not_hide_the_semicolon() -> None:
    opened, rows, _malformed = read(b"Email;Offer ID;a,b,c,d\n1;2;3\n")
    assert (opened.delimiter, opened.header) == (";", ("Email", "Offer ID", "a,b,c,d"))
    assert rows == [(2, ("1", "2", "3"))]


def test_an_unknown_header_is_cut_at_the_most_frequent_delimiter() -> None:
    opened, _rows, _malformed = read(b"x;y,z;w\n")
    assert (opened.delimiter, opened.header) == (";", ("x", "y,z", "w"))


def test_one_column_needs_no_delimiter() -> None:
    opened, rows, malformed = read(b"Email\na@b.pl\n\nc@d.pl\n")
    assert opened.header == ("Email",)
    assert (rows, malformed) == ([(2, ("a@b.pl",)), (4, ("c@d.pl",))], [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_every_line_end_counts_lines_alike(end: str, quote: str) -> None:
    lines = ["Email,Offer ID", "a@b.pl,A", "", f"c@d.pl,{quote}B{quote}", ",", "e@f.pl,C"]
    expected = [(2, ("a@b.pl", "A")), (4, ("c@d.pl", "B")), (6, ("e@f.pl", "C"))]
    assert rows_of(end.join(lines).encode()) == expected
    assert rows_of((end.join(lines) + end).encode()) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_across_blocks_are_neither_lost_nor_doubled(end: str) -> None:
    lines = [f"u{number}@example.com,{'x' * (number % 7)}y" for number in range(40_000)]
    rows = rows_of(end.join(["Email,Offer ID", *lines]).encode())
    assert rows == [(n, tuple(line.split(","))) for n, line in enumerate(lines, 2)]


def test_only_line_ends_end_lines() -> None:
    odd = "a\x0bb\x0cc\x1cd\x85e\u2028f"
    assert rows_of(f"Email,Offer ID\n{odd},A\n".encode()) == [(2, (odd, "A"))]


def test_quoted_cells_may_hold_line_ends_delimiters_and_quotes() -> None:
    content = HEADER + b'"a\r\nb","x,""y"""\nc@d.pl,A\n'
    assert rows_of(content) == [(2, ("a\r\nb", 'x,"y"')), (4, ("c@d.pl", "A"))]


def test_a_quoted_cell_may_span_blocks() -> None:
    long = "line\n" * 20_000
    content = HEADER + b"a@b.pl,A\n" * 25_000 + f'c@d.pl,"{long}"\ne@f.pl,B\n'.encode()
    rows = rows_of(content)
    assert rows[-2:] == [(25_002, ("c@d.pl", long)), (45_003, ("e@f.pl", "B"))]
    assert len(rows) == 25_002


def test_ragged_lines_are_rejected_by_line_t34() -> None:
    content = HEADER + b"a@b.pl\nc@d.pl,A\ne@f.pl,A,x\ng@h.pl,B,,\n"
    _opened, rows, malformed = read(content)
    assert rows == [(3, ("c@d.pl", "A")), (5, ("g@h.pl", "B"))]
    assert malformed == [
        (2, ["a@b.pl"], "too-few-cells"),
        (4, ["e@f.pl", "A", "x"], "too-many-cells"),
    ]


def test_ragged_lines_that_even_out_are_not_taken_for_rows() -> None:
    _opened, rows, malformed = read(HEADER + b"a\nb,c,d\ne,f\n")
    assert rows == [(4, ("e", "f"))]
    assert [(line, reason) for line, _cells, reason in malformed] == [
        (2, "too-few-cells"),
        (3, "too-many-cells"),
    ]


def test_a_reason_reads_as_a_sentence() -> None:
    _opened, _rows, [(_line, _cells, reason)] = read(HEADER + b"a@b.pl\n")
    assert reason.label == "The line has fewer cells than the header."


def test_broken_quotes_reject_their_line_and_reading_goes_on() -> None:
    content = HEADER + b'"a"b@c.pl,A\n"d@e.pl","B"\nf@g.pl,"C"D\nh"i,E\n'
    _opened, rows, malformed = read(content)
    assert rows == [(3, ("d@e.pl", "B")), (5, ('h"i', "E"))]
    assert malformed == [
        (2, ['"a"b@c.pl,A'], "broken-quotes"),
        (4, ['f@g.pl,"C"D'], "broken-quotes"),
    ]


def test_broken_quotes_over_several_lines_reject_each_of_them() -> None:
    content = HEADER + b'a,"b\nc,d\ne,"f\ng,h\n'
    _opened, rows, malformed = read(content)
    assert rows == [(5, ("g", "h"))]
    assert malformed == [
        (2, ['a,"b'], "broken-quotes"),
        (3, ["c,d"], "broken-quotes"),
        (4, ['e,"f'], "broken-quotes"),
    ]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b'a@b.pl,A\n"c@d.pl,B\ne@f.pl,C\n', 3),
        (b'"a@b.pl', 2),
        (b'"two\nlines","three\nmore\n', 3),
        (b'a,"b\n' + b"c,d\n" * 100_000, 2),
        (b"c,d\n" * 100_000 + b'a,"b\n', 100_002),
        (b'"x\ny",z\na,"b\n' + b"c,d\n" * 500_000, 4),
    ],
    ids=["middle", "last", "second cell", "long", "end", "very long"],
)
def test_an_unclosed_quote_is_refused_with_the_line_where_it_opens(body: bytes, line: int) -> None:
    with pytest.raises(UnreadableFile, match=rf"opens on line {line} is never closed") as refusal:
        rows_of(HEADER + body)
    assert refusal.value.line == line


def test_quotes_that_chain_lines_into_one_endless_record_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="is never closed"):
        read(HEADER + b'a,"b\n' + b'a","c\n' * 300_000)


@pytest.mark.parametrize("cell", [b"x" * 200_000, b'"' + b"x" * 200_000 + b'"'])
def test_a_cell_that_is_too_long_is_refused_with_its_line(cell: bytes) -> None:
    with pytest.raises(UnreadableFile, match="cell on line 3 has more than 131072") as refusal:
        rows_of(HEADER + b"a@b.pl,A\n" + cell + b",A\nc@d.pl,A\n")
    assert refusal.value.line == 3


def test_a_line_that_is_too_long_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="Line 3 is too long") as refusal:
        rows_of(HEADER + b"a@b.pl,A\n" + b"x" * 10_000_000 + b",A\n")
    assert refusal.value.line == 3


def test_a_file_without_line_ends_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="Line 1 is too long"):
        rows_of(b"a," * 5_000, limits=Limits(record=1_000))


def test_positions_grow_to_the_size_of_the_file() -> None:
    content = HEADER + b"a@b.pl,A\n" * 100_000
    opened, batches = open_rows(io.BytesIO(content), expected=["Email"])
    positions = [batch.position for batch in batches]
    assert positions == sorted(positions)
    assert positions[-1] == opened.size == len(content)
