"""Files as people really send them: a report of every line or a clear refusal, never a fault (T34).

`never half a table`: what a refused file leaves behind is compared with what was there before.
"""

import random

import pytest

from imports.models import State
from offers.models import Assignment
from tests.factories import make_offer
from tests.imports.bad_files import LINES, SPREADSHEET, everything
from tests.imports.reading.files import zipped
from tests.imports.runs import EMAILS, imported, rejects

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = {"ann@example.com", "bob@example.com"}


@pytest.fixture(autouse=True)
def offer():
    return make_offer(name="cakes")


def assigned() -> set[str]:
    return set(Assignment.objects.values_list("customer__email", flat=True))


GOOD = {
    "UTF-8 with a BOM": LINES.encode("utf-8-sig"),
    "UTF-16 little-endian with a BOM": LINES.encode("utf-16"),
    "UTF-16 big-endian with a BOM": b"\xfe\xff" + LINES.encode("utf-16-be"),
    "semicolons": LINES.replace(",", ";").encode(),
    "tabs": LINES.replace(",", "\t").encode(),
    "old Mac line ends": LINES.replace("\n", "\r").encode(),
    "Windows line ends": LINES.replace("\n", "\r\n").encode(),
    "no line end at the end": LINES.rstrip().encode(),
    "blank lines": LINES.replace("\n", "\n\n").encode(),
    "quoted cells": b'"Email","Offer ID"\n"ann@example.com","cakes"\n"bob@example.com","cakes"\n',
    "a header in another case and with blanks": LINES.replace(
        "Email,Offer ID", "  EMAIL , offer id "
    ).encode(),
    "columns the other way round": (
        b"Offer ID,Email\ncakes,ann@example.com\ncakes,bob@example.com\n"
    ),
    "a column that nobody needs, quoted newlines in it": (
        b'Email,Note,Offer ID\nann@example.com,"one\ntwo",cakes\nbob@example.com,"a ""b""\n",cakes'
    ),
    "Windows-1250 in a column that nobody needs": (
        "Email,Name,Offer ID\nann@example.com,Zażółć Łąka,cakes\nbob@example.com,Świt,cakes\n"
    ).encode("cp1250"),
    "Windows-1251 in a column that nobody needs": (
        "Email,Name,Offer ID\nann@example.com,Анна Иванова,cakes\nbob@example.com,Борис,cakes\n"
    ).encode("cp1251"),
    "a spreadsheet called .csv": SPREADSHEET,
    "a zip of one file": zipped(("list.csv", LINES.encode())),
    "a zip of one spreadsheet": zipped(("list.xlsx", SPREADSHEET)),
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_is_taken_T34_T36(data):
    job = imported(EMAILS, data)
    assert (job.state, job.message, job.reasons) == (State.DONE, "", [])
    assert (job.created, job.total, assigned()) == (2, 2, BOTH)


PARTLY = {
    "ragged lines": (
        "Email,Offer ID\nann@example.com,cakes\nx@example.com\ny@example.com,cakes,more\n"
        "bob@example.com,cakes\n",
        [("too-few-cells", 1, 3), ("too-many-cells", 1, 4)],
    ),
    "NUL bytes": (
        "Email,Offer ID\nann@example.com,cakes\nx\0y@example.com,cakes\nbob@example.com,cakes\n",
        [("unreadable-characters", 1, 3)],
    ),
    "emoji": (
        "Email,Offer ID\nann@example.com,cakes\n🎂@example.com,cakes\nbob@example.com,cakes\n",
        [("email_local", 1, 3)],
    ),
    "addresses that look like others": (
        "Email,Offer ID\nann@example.com,cakes\naпn@example.com,cakes\nann@exаmple.com,cakes\n"
        "bob@example.com,cakes\n",
        [("email_local", 1, 3), ("email_lookalike", 1, 4)],
    ),
    "marks of right-to-left text around an address": (
        "Email,Offer ID\nann@example.com,cakes\n\u200fx@example.com\u200e,cakes\n"
        "bob@example.com,cakes\n",
        [("email_local", 1, 3)],
    ),
    "formulae": (
        "Email,Offer ID\nann@example.com,cakes\n=HYPERLINK(1),cakes\nbob@example.com,cakes\n",
        [("email", 1, 3)],
    ),
    "SQL": (
        "Email,Offer ID\nann@example.com,cakes\n'); DROP TABLE x; --,cakes\n"
        "bob@example.com,%(name)s{rows}\\.\nbob@example.com,cakes\n",
        [("email", 1, 3), ("unknown_offer", 1, 4)],
    ),
}


@pytest.mark.parametrize(("text", "rejected"), PARTLY.values(), ids=PARTLY)
def test_is_taken_without_its_bad_lines_T34(text, rejected):
    job = imported(EMAILS, text.encode())
    assert (job.state, job.message, rejects(job)) == (State.DONE, "", rejected)
    assert (job.created, assigned()) == (2, BOTH)


def test_addresses_of_international_domains_are_taken_T34():
    imported(
        EMAILS,
        "Email,Offer ID\nann@bücher.example,cakes\nANN@XN--BCHER-KVA.EXAMPLE,cakes\n".encode(),
    )
    assert assigned() == {"ann@xn--bcher-kva.example"}


def test_an_unclosed_quote_spoils_no_more_than_it_must_T34():
    """It begins at the first line and is never closed; a hundred thousand lines follow."""
    text = 'Email,Offer ID\n"ann@example.com,cakes\n' + "bob@example.com,cakes\n" * 100_000
    before = everything()
    job = imported(EMAILS, text.encode())
    assert job.state in (State.DONE, State.REFUSED)
    if job.state == State.REFUSED:
        assert ("quote" in job.message, everything()) == (True, before)
    else:
        assert job.total == 100_001
        assert [reason["first_line"] for reason in job.reasons] == [2]


REFUSED = {
    "empty": b"",
    "nothing but a BOM": b"\xef\xbb\xbf",
    "nothing but blank lines": b"\n\n\r\n",
    "duplicate headers": b"Email,Offer ID,email\nann@example.com,cakes,bob@example.com\n",
    "no header": b"ann@example.com,cakes\nbob@example.com,cakes\n",
    "a header without an end to its quote": b'"Email,Offer ID\nann@example.com,cakes\n',
    "one of the columns missing": b"Email\nann@example.com\n",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
    "an old spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "junk": random.Random(7).randbytes(100_000),
    "a line of a million characters": b"x" * 1_000_000,
    "a cell of ten megabytes": LINES.encode() + b"x" * 10_000_000 + b"@example.com,cakes\n",
    "a line of a million cells": LINES.encode() + b"," * 1_000_000,
    "a zip of two files": zipped(("a.csv", LINES.encode()), ("b.csv", LINES.encode())),
    "an empty zip": zipped(),
    "a zip of a zip": zipped(("a.zip", zipped(("a.csv", LINES.encode())))),
    "a zip bomb": zipped(("a.csv", LINES.encode() + b"\n" * 50_000_000)),
    "half a zip": zipped(("a.csv", LINES.encode() * 100))[:100],
    "half a spreadsheet": SPREADSHEET[:2000],
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_is_refused_with_a_word_and_changes_nothing_T34(data):
    imported(EMAILS, b"Email,Offer ID\nold@example.com,cakes\n")
    before = everything()
    job = imported(EMAILS, data)
    assert (job.state, job.total) == (State.REFUSED, 0)
    assert len(job.message) > 20
    assert job.message.endswith(".")
    assert everything() == before


def test_a_header_and_nothing_else_changes_nothing_T34():
    job = imported(EMAILS, b"Email,Offer ID\n")
    assert (job.state, job.total, assigned()) == (State.DONE, 0, set())
