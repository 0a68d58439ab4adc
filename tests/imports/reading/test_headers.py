"""T34: a header says what the columns are, or the file is refused."""

import pytest

from imports.reading import UnreadableFile

from .files import read, rows_of, xlsx, zipped


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\r\n  \n", b",,\n", xlsx()])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="The file is empty"):
        rows_of(content)


@pytest.mark.parametrize(
    "content", [b"Email,Offer ID", b"Email,Offer ID\r\n\r\n", xlsx(["Email", "Offer ID"])]
)
def test_a_header_alone_has_no_rows_and_is_no_error(content: bytes) -> None:
    opened, rows, malformed = read(content)
    assert (opened.header, rows, malformed) == (("Email", "Offer ID"), [], [])


def test_names_are_trimmed_and_empty_ones_at_the_end_dropped() -> None:
    opened, rows, malformed = read(b' Email ,"Offer ID",, \na@b.pl,A,,\n')
    assert opened.header == ("Email", "Offer ID")
    assert (rows, malformed) == ([(2, ("a@b.pl", "A"))], [])


def test_blank_lines_before_the_header_count() -> None:
    assert rows_of(b"\n\nEmail,Offer ID\na@b.pl,A\n") == [(4, ("a@b.pl", "A"))]


@pytest.mark.parametrize(
    "content", [b"Email,Offer ID,email\n", xlsx(["Email", "Offer ID", "email"])]
)
def test_a_column_named_twice_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="more than once: Email, email"):
        rows_of(content)


def test_a_column_without_a_name_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="Column 2 has no name"):
        rows_of(b"Email,,Offer ID\n")


def test_more_columns_than_a_table_can_have_are_refused() -> None:
    names = [f"c{number}" for number in range(251)]
    assert read(",".join(names[:250]).encode())[0].header == tuple(names[:250])
    with pytest.raises(UnreadableFile, match="names 251 columns"):
        rows_of(",".join(names).encode())


@pytest.mark.parametrize("content", [b'"Email,Offer ID\na,b\n', b'"Email"x,"Offer" ID\n'])
def test_broken_quotes_in_the_header_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="quotes in the header do not match"):
        rows_of(content)


def test_a_header_may_span_lines() -> None:
    opened, rows, _malformed = read(b'Email,"Offer\nID"\na@b.pl,A\n')
    assert opened.header == ("Email", "Offer\nID")
    assert rows == [(3, ("a@b.pl", "A"))]


def test_the_name_of_the_file_within_a_zip_is_told() -> None:
    opened, _rows, _malformed = read(zipped(("list/may.txt", b"Email,Offer ID\n")))
    assert (opened.kind, opened.member) == ("csv", "list/may.txt")
