"""T36: a zip of one file is taken like the file itself; any other zip is refused."""

import io
import struct
import zipfile

import pytest

from imports.reading import Limits, UnreadableFile

from .files import read, rows_of, xlsx, zipped

CSV = b"Email,Offer ID\na@b.pl,A\n"
ROWS = [(2, ("a@b.pl", "A"))]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_of_one_csv_t36(method: int) -> None:
    opened, rows, malformed = read(zipped(("offers.csv", CSV), method=method))
    assert (opened.kind, opened.member, opened.size) == ("csv", "offers.csv", len(CSV))
    assert (rows, malformed) == (ROWS, [])


def test_a_zip_of_one_xlsx_t36() -> None:
    opened, rows, _malformed = read(
        zipped(("offers.xlsx", xlsx(["Email", "Offer ID"], ["a@b.pl", "A"])))
    )
    assert (opened.kind, opened.member) == ("xlsx", "offers.xlsx")
    assert rows == ROWS


def test_a_zip_of_a_windows_file_finds_the_encoding() -> None:
    content = "Email,Name\n" + "a@b.pl,Łódź\n" * 50_000
    opened, rows, _malformed = read(zipped(("a.txt", content.encode("cp1250"))))
    assert opened.encoding == "cp1250"
    assert rows == [(line, ("a@b.pl", "Łódź")) for line in range(2, 50_002)]


def test_what_systems_add_to_a_zip_is_ignored() -> None:
    clutter = ("__MACOSX/._offers.csv", b"\0"), ("list/.DS_Store", b"x"), ("list/", b"")
    opened, rows, _malformed = read(zipped(*clutter, ("list/offers.csv", CSV)))
    assert (opened.member, rows) == ("list/offers.csv", ROWS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (zipped(), "The zip is empty"),
        (zipped(("__MACOSX/x", b"x")), "The zip is empty"),
        (zipped(("a.csv", CSV), ("b.csv", CSV)), "The zip holds 2 files"),
        (zipped(("a.zip", zipped(("a.csv", CSV)))), "The zip holds another zip"),
        (zipped(("a.pdf", b"%PDF-1.7")), "not a table"),
        (zipped(("a.csv", b"")), "The file is empty"),
        (zipped(("a.csv", CSV), method=zipfile.ZIP_LZMA), "packed in an unusual way"),
        (zipped(("a.csv", CSV), method=zipfile.ZIP_BZIP2), "packed in an unusual way"),
        (zipped(*((f"{n}.csv", b"") for n in range(10_000))), "too many files"),
    ],
    ids=["none", "clutter", "two", "nested", "pdf", "empty", "lzma", "bzip2", "thousands"],
)
def test_other_zips_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        rows_of(content)


def test_a_zip_with_a_password_is_refused() -> None:
    content = bytearray(zipped(("a.csv", CSV)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="has a password"):
        rows_of(bytes(content))


def test_a_zip_bomb_is_refused_by_its_ratio() -> None:
    bomb = zipped(("a.csv", b"Email,Offer ID\n" + b"a@b.pl,A\n" * 1_000_000))
    assert len(bomb) < 9_000_000 / 200
    with pytest.raises(UnreadableFile, match="too large once unpacked"):
        rows_of(bomb)


def test_a_zip_is_refused_by_its_unpacked_size() -> None:
    assert rows_of(zipped(("a.csv", CSV)), limits=Limits(unpacked=len(CSV))) == ROWS
    with pytest.raises(UnreadableFile, match="too large once unpacked"):
        rows_of(zipped(("a.csv", CSV)), limits=Limits(unpacked=len(CSV) - 1))


def test_a_zip_that_declares_less_than_it_holds_is_refused() -> None:
    content = bytearray(zipped(("a.csv", CSV * 100_000)))
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", len(CSV))
    with pytest.raises(UnreadableFile, match="damaged or incomplete"):
        rows_of(bytes(content))


def test_a_zip_that_lost_the_name_of_its_file_is_refused() -> None:
    content = bytearray(zipped(("a.csv", CSV)))
    entry = content.index(b"PK\x01\x02")
    content[entry + 28 : entry + 32] = struct.pack("<HH", 0, len("a.csv"))  # what an extra is
    with pytest.raises(UnreadableFile, match="damaged or incomplete"):
        rows_of(bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_zip_is_refused_wherever_it_is_damaged(method: int) -> None:
    lines = b"".join(b"user%d@example.com,A\n" % number for number in range(200))
    whole = zipped(("a.csv", b"Email,Offer ID\n" + lines), method=method)
    expected = read(whole)
    for position in range(4, len(whole), 7):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        try:
            # Its name, dates and the like may be damaged without harm to the rows.
            assert read(bytes(damaged))[1:] == expected[1:]
        except UnreadableFile:
            continue


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_zip_is_refused(share: float) -> None:
    whole = zipped(("a.csv", CSV * 1_000))
    with pytest.raises(UnreadableFile, match="damaged or incomplete"):
        rows_of(whole[: int(len(whole) * share)])


def test_a_csv_that_begins_with_pk_is_no_zip() -> None:
    assert rows_of(b"PK,Email\n1,a@b.pl\n") == [(2, ("1", "a@b.pl"))]


def test_a_comment_at_the_end_of_a_zip_does_no_harm() -> None:
    target = io.BytesIO(zipped(("a.csv", CSV)))
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"made by hand " * 1_000
    assert rows_of(target.getvalue()) == ROWS
