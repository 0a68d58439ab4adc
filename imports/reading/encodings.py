"""Find out in which encoding a text is written."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from charset_normalizer import CharsetMatch, from_bytes
from django.utils.translation import gettext as _

from .batches import KIB
from .errors import UnreadableFile

# The encodings a person may choose from when the guess is wrong.
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "iso8859-2")

# Central European and Cyrillic, with the letters outside ASCII that are most used there.
_ALPHABETS = {
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžäöüßőű",
    "cp1251": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ",
}

_SAMPLE_BYTES = 64 * KIB
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def choose_encoding(stream: BinaryIO, wanted: str | None) -> str:
    """Return the wanted encoding's usual name, or else the likeliest; leaves stream at its start.

    Reads on to the first characters outside ASCII, wherever they are: a list of addresses may
    have its first name with an accent on the last line.
    """
    stream.seek(0)
    if wanted:
        return _known(wanted)
    head = stream.read(4 * KIB)
    encoding = _by_mark(head) or _by_nul(head)
    if not encoding:
        stream.seek(0)
        encoding = _by_characters(_lines_outside_ascii(stream))
    stream.seek(0)
    return encoding


def _known(wanted: str) -> str:
    try:
        name = codecs.lookup(wanted).name
    except LookupError:
        name = ""
    if name not in ENCODINGS:
        raise UnreadableFile(
            _("“%(name)s” is not an encoding that can be read. Choose one of: %(names)s.")
            % {"name": wanted, "names": ", ".join(ENCODINGS)}
        )
    return name


def _by_mark(head: bytes) -> str:
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def _by_nul(head: bytes) -> str:
    """UTF-16 without a mark: ASCII characters have a NUL in every other byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 10 and even * 10 < odd:
        return "utf-16-le"
    if even > len(head) // 10 and odd * 10 < even:
        return "utf-16-be"
    return ""


def _by_characters(sample: list[bytes]) -> str:
    # A few damaged lines are rejected by line later, they don't make a file another encoding's.
    others = [line for line in sample if not _is_utf8(line)]
    if len(others) * 2 <= len(sample):
        return "utf-8"
    return _by_alphabet(b"\n".join(others))


def _by_alphabet(sample: bytes) -> str:
    # A few words look like words in both, so ties go to the one with more of its own letters.
    matches = from_bytes(sample, cp_isolation=list(_ALPHABETS), threshold=1.0)

    def unlikeliness(match: CharsetMatch) -> tuple[float, int]:
        letters = str(match).casefold()
        return match.chaos, -sum(map(letters.count, _ALPHABETS[match.encoding]))

    return min(matches, key=unlikeliness).encoding if matches else "cp1250"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _lines_outside_ascii(stream: BinaryIO) -> list[bytes]:
    sample, size = [], 0
    for line in _lines_of_blocks_outside_ascii(stream):
        if not line.isascii():
            sample.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    return sample


def _lines_of_blocks_outside_ascii(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_SAMPLE_BYTES):
        if not block.isascii():
            # Up to the line's end, so that no character is cut in two.
            block += stream.readline(_SAMPLE_BYTES)
            yield from block.replace(b"\r", b"\n").split(b"\n")
