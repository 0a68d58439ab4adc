"""Read csv and txt files."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from .batches import AnyBatch, Limits, Opened
from .headers import split_header
from .lines import Block, line_blocks, split_lines
from .records import parse, unclosed


def open_delimited(
    stream: BinaryIO,
    encoding: str,
    size: int,
    member: str,
    expected: Sequence[str],
    limits: Limits,
) -> tuple[Opened, Iterator[AnyBatch]]:
    """Positions are bytes; `size` and `member` are handed on as they are."""
    blocks = line_blocks(stream, encoding, longest=limits.record)
    # The first block is blank if its only line is longer than a block.
    block = next((block for block in blocks if block.text.strip()), Block("", 1, 0))
    lines = split_lines(block.text)
    delimiter, header, used = split_header(lines, expected, first=block.first)
    opened = Opened("csv", encoding, delimiter, header, member, size)
    body = Block("".join(lines[used:]), block.first + used, block.position)
    return opened, _batches(chain([body], blocks), opened, limits)


def _batches(blocks: Iterator[Block], opened: Opened, limits: Limits) -> Iterator[AnyBatch]:
    width = len(opened.header)
    rest = Block("", 1, 0)
    for block in blocks:
        if rest.text:
            block = Block(rest.text + block.text, rest.first, block.position)
        batch, rest = parse(block, opened.delimiter, width)
        if batch or batch.malformed:
            yield batch
        if len(rest.text) > limits.record:
            break
    if rest.text:
        raise unclosed(rest, opened.delimiter)
