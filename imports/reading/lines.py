"""Decode a byte stream into blocks of whole physical lines, in memory that does not grow."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from .errors import UnreadableFile

BLOCK_BYTES = 64 * 1024

# What stands for a byte that the encoding does not know, and for NUL, which PostgreSQL refuses.
UNREADABLE = "\ufffd"


@dataclass(slots=True)
class Block:
    text: str
    first: int  # number of the first line
    position: int  # bytes consumed


def line_blocks(stream: BinaryIO, encoding: str, *, longest: int) -> Iterator[Block]:
    """Lines end with \\n, \\r\\n or a lone \\r; refuses one of more than `longest` characters."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    number, position, rest = 1, 0, ""
    while True:
        data = stream.read(BLOCK_BYTES)
        text = decoder.decode(data, final=not data).replace("\0", UNREADABLE)
        if position == 0:
            text = text.removeprefix("\ufeff")
        position += len(data)
        text, rest = _split_whole_lines(rest + text) if data else (rest + text, "")
        yield Block(text, number, position)
        number += text.count("\n")
        if "\r" in text:  # many times faster than counting none
            number += text.count("\r") - text.count("\r\n")
        if len(rest) > longest:
            raise UnreadableFile(
                _("Line %(line)d is too long. Check the file's line ends and quotes.")
                % {"line": number},
                line=number,
            )
        if not data:
            return


def _split_whole_lines(text: str) -> tuple[str, str]:
    # A \r at the very end may be the first half of a \r\n.
    end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
    return text[:end], text[end:]


def split_lines(text: str) -> list[str]:
    """The lines with their ends; unlike str.splitlines, they end at line ends only."""
    return list(io.StringIO(text, newline=""))


def split_bare_lines(text: str) -> list[str]:
    """The lines without their ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return lines
