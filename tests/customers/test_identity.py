"""One form for an e-mail address and a phone number, however they are written."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from customers.identity import TRIMMED, normalize_email, normalize_phone

spaces = st.text(st.sampled_from(TRIMMED), max_size=3)
addresses = st.emails() | st.builds(
    "{}@{}".format, st.text(max_size=20), st.text(max_size=20) | st.just("bücher.example")
)


def normal(rule, text: str) -> str:
    """What the rule makes of a text, or the code of its refusal."""
    try:
        return rule(text)
    except ValidationError as error:
        return f"refused: {error.code}"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ANN@Example.COM", "ann@example.com"),
        ("\ufeff ann@example.com\u00a0\n", "ann@example.com"),
        ("o'neil+x@example.com", "o'neil+x@example.com"),
        ("ann@Bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@XN--BCHER-KVA.example", "ann@xn--bcher-kva.example"),
        ("ann@пример.рф", "ann@xn--e1afmkfd.xn--p1ai"),
        ("ann@ΟΔΟΣ.example", "ann@xn--pxavbq.example"),
        ("ann@οδοσ.example", "ann@xn--pxavbq.example"),
        ("ann@example。com", "ann@example.com"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ],
)
def test_an_address_has_one_form(text, address):
    assert normalize_email(text) == address


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "email"),
        ("ann", "email"),
        ("@example.com", "email"),
        ("ann@", "email"),
        ("a b@example.com", "email"),
        ("ann@example", "email"),
        ("ann@-example.com", "email"),
        ("a..b@example.com", "email"),
        ("ann@example.c0m", "email"),
        ("a@b@example.com", "email"),
        ("аnn@example.com", "email_local"),
        ("İnn@example.com", "email_local"),
        ("ann@exаmple.com", "email_lookalike"),
        ("ann@ехample.рф", "email_lookalike"),
        ("a" * 65 + "@example.com", "email_length"),
        ("ann@" + "abcdefghi." * 25 + "com", "email_length"),
    ],
)
def test_what_is_no_address_is_refused_with_a_reason(text, code):
    assert normal(normalize_email, text) == f"refused: {code}"


@given(addresses, spaces, spaces)
@example("ann@ΟΔΟΣ.example", "", "")
def test_a_normal_address_is_plain_and_its_own_normal_form(text, before, after):
    once = normal(normalize_email, text)
    assert normal(normalize_email, before + text + after) == once
    if not once.startswith("refused"):
        assert normalize_email(once) == once
        assert once == once.lower().strip(TRIMMED)
        assert once.isascii()
        assert len(once) <= 254


@given(st.emails())
def test_capitals_make_no_other_address(text):
    assert normal(normalize_email, text.upper()) == normal(normalize_email, text)


@pytest.mark.parametrize(
    "text",
    ["48600100200", "+48 600-100-200", " (48) 600 100 200 ", "\u00a0+48\u00a0600100200\ufeff"],
)
def test_a_number_has_one_form_d6(text):
    assert normalize_phone(text) == "48600100200"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phone"),
        ("1234567", "phone"),
        ("1" * 16, "phone"),
        ("48600100200x", "phone"),
        ("48.600.100.200", "phone"),
        ("٤٨٦٠٠١٠٠٢٠٠", "phone"),
        ("99900100200", "phone_impossible"),
        ("4860010020011", "phone_impossible"),
        ("00000000", "phone_impossible"),
    ],
)
def test_what_is_no_number_is_refused_with_a_reason_d6(text, code):
    assert normal(normalize_phone, text) == f"refused: {code}"


@given(st.text(st.sampled_from("0123456789 +-()"), max_size=20), spaces)
def test_a_normal_number_is_digits_and_its_own_normal_form(text, around):
    once = normal(normalize_phone, text)
    assert normal(normalize_phone, around + text + around) == once
    if not once.startswith("refused"):
        assert normalize_phone(once) == once
        assert once.isdecimal()
        assert 8 <= len(once) <= 15
