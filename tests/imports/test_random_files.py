"""Whatever is sent as a file: read and reported, never a fault (T34)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.models import State
from tests.factories import make_offer
from tests.imports.bad_files import LINES, SPREADSHEET, everything
from tests.imports.reading.files import zipped
from tests.imports.runs import EMAILS, checked, rejects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def offer():
    return make_offer(name="cakes")


def check_anything(data: bytes) -> None:
    """Whatever it is: read, reported in full, nothing changed by the check."""
    before = everything()
    job = checked(EMAILS, data)
    assert everything() == before
    if job.state == State.READY:
        assert sum(count for _, count, _ in rejects(job)) == job.rejected <= job.total


FUZZ = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FUZZ
@given(st.binary(max_size=300))
def test_random_bytes_are_never_a_fault(data):
    check_anything(data)


@FUZZ
@given(st.binary(max_size=200))
def test_random_bytes_under_a_good_header_are_never_a_fault(data):
    check_anything(b"Email,Offer ID\n" + data)


@FUZZ
@given(st.text(max_size=100), st.sampled_from(["utf-8", "utf-16", "cp1250", "cp1251"]))
def test_random_text_in_any_encoding_is_never_a_fault(text, encoding):
    check_anything(("Email,Offer ID\n" + text).encode(encoding, errors="replace"))


VALID = [LINES.encode(), LINES.encode("utf-16"), SPREADSHEET, zipped(("a.csv", LINES.encode()))]


@FUZZ
@given(st.sampled_from(VALID), st.data())
def test_a_good_file_with_changed_bytes_is_never_a_fault(data, draw):
    changed = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 8))):
        place = draw.draw(st.integers(0, len(changed) - 1))
        changed[place : place + draw.draw(st.integers(0, 3))] = draw.draw(st.binary(max_size=4))
        if not changed:
            break
    check_anything(bytes(changed))
