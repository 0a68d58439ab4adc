"""T34, T36: a file is read whatever encoding it was saved in."""

import codecs

import pytest

from imports.reading import UnreadableFile

from .files import read, rows_of

POLISH = "Email,Name\nann@example.com,Zażółć gęślą jaźń\nbob@example.com,Łódź\n"
UKRAINIAN = "Email,Name\nann@example.com,Щедрик щедрує\nbob@example.com,Їжак з Києва\n"
COLUMNS = ("Email", "Name")


def rows_in(text: str) -> list[tuple[int, tuple[str, ...]]]:
    lines = text.splitlines()
    return [(number, tuple(line.split(","))) for number, line in enumerate(lines[1:], 2)]


@pytest.mark.parametrize("text", [POLISH, UKRAINIAN], ids=["polish", "ukrainian"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_unicode_with_and_without_a_mark_t34(text: str, mark: bytes, encoding: str) -> None:
    opened, rows, malformed = read(mark + text.encode(encoding), expected=COLUMNS)
    assert (opened.encoding, opened.header) == (encoding, COLUMNS)
    assert (rows, malformed) == (rows_in(text), [])


@pytest.mark.parametrize(("text", "encoding"), [(POLISH, "cp1250"), (UKRAINIAN, "cp1251")])
def test_polish_and_ukrainian_windows_files_are_told_apart(text: str, encoding: str) -> None:
    opened, rows, malformed = read(text.encode(encoding), expected=COLUMNS)
    assert opened.encoding == encoding
    assert (rows, malformed) == (rows_in(text), [])


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Łódź", "cp1250"),
        ("ŻÓŁĆ", "cp1250"),
        ("Żaneta", "cp1250"),
        ("Київ", "cp1251"),
        ("Їжакевич", "cp1251"),
        ("ЛЬВІВ", "cp1251"),
    ],
)
def test_a_single_word_is_enough_to_tell_the_encoding(name: str, encoding: str) -> None:
    opened, rows, _malformed = read(f"Email,Name\na@b.pl,{name}\n".encode(encoding))
    assert opened.encoding == encoding
    assert rows == [(2, ("a@b.pl", name))]


def test_the_first_letter_outside_ascii_may_come_after_megabytes() -> None:
    content = (
        b"Email,Name\n" + b"ann@example.com,Ann\n" * 100_000 + "o@x.ua,Олександр\n".encode("cp1251")
    )
    opened, rows, _malformed = read(content)
    assert opened.encoding == "cp1251"
    assert rows[-1] == (100_002, ("o@x.ua", "Олександр"))


def test_the_encoding_a_person_chooses_overrides_the_guess() -> None:
    content = "Email,Name\na@b.ua,Київ\n".encode("cp1251")
    opened, rows, _malformed = read(content, encoding="windows-1250")
    assert opened.encoding == "cp1250"
    assert rows == [(2, ("a@b.ua", "Ęčżâ"))]


@pytest.mark.parametrize("name", ["klingon", "hex", "ascii"])
def test_an_encoding_that_nobody_offers_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match="Choose one of: utf-8, "):
        rows_of(b"Email\n", encoding=name)


def test_damaged_characters_reject_their_line_only() -> None:
    content = "Email,Name\na@b.pl,Łódź\nc@d.pl,Gda\udcf1sk\ne@f.pl,Żary\n"
    opened, rows, malformed = read(content.encode("utf-8", "surrogateescape"))
    assert opened.encoding == "utf-8"
    assert rows == [(2, ("a@b.pl", "Łódź")), (4, ("e@f.pl", "Żary"))]
    assert malformed == [(3, ["c@d.pl", "Gda\ufffdsk"], "unreadable-characters")]


def test_a_nul_byte_rejects_its_line_and_never_comes_out() -> None:
    _opened, rows, malformed = read(b"Email,Offer ID\na@b.pl,A\nc\0@d.pl,A\ne@f.pl,A\n")
    assert rows == [(2, ("a@b.pl", "A")), (4, ("e@f.pl", "A"))]
    assert malformed == [(3, ["c\ufffd@d.pl", "A"], "unreadable-characters")]
