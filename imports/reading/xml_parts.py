"""Stream one XML part of an xlsx: its elements one by one, freed as soon as they are used.

openpyxl's own reader keeps an element for every row it has passed, builds a row of any length
before it can be refused, and takes ten times as long.
"""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser
from xml.parsers import expat

from django.utils.translation import gettext as _

from .batches import KIB
from .errors import UnreadableFile


class Measured:
    """Counts what is read and refuses to go on if no element comes to an end."""

    def __init__(self, part: IO[bytes], longest: int) -> None:
        self.part, self.longest = part, longest
        self.position = self.element_start = 0
        self.line = 0

    def read(self) -> bytes:
        if self.position - self.element_start > self.longest:
            raise row_too_long(self.line + 1)
        data = self.part.read(16 * KIB)
        self.position += len(data)
        return data

    def skip_to_end(self) -> None:
        """Read on without a limit; only at the end does a zip know whether it is damaged."""
        while data := self.part.read(64 * KIB):
            self.position += len(data)


def row_too_long(line: int) -> UnreadableFile:
    return UnreadableFile(
        _("Row %(line)d of the sheet is too long. Shorten it and try again.") % {"line": line},
        line=line,
    )


def children(source: Measured, path: str) -> Iterator[Element]:
    """Yield the children of the first element at this path and parse nothing that follows it."""
    builder = TreeBuilder()
    # An element of our own around the document gives a hold on it while it is being built.
    document = builder.start("document", {})
    # defusedxml's parser is slower by far; what it guards against, refuse_doctype() refuses.
    parser = XMLParser(target=builder)  # noqa: S314
    parent: Element | None = None
    while data := source.read():
        parser.feed(data)
        parent = document.find(path)
        if parent is not None:
            # The last child may still lack its end.
            yield from _take_out(parent, len(parent) - 1, source)
            if not _is_last(parent, document, path):
                source.skip_to_end()
                break
    else:
        parser.close()
    if parent is not None:
        yield from _take_out(parent, len(parent), source)


def _take_out(parent: Element, number: int, source: Measured) -> list[Element]:
    if number < 1:
        return []
    taken = parent[:number]
    del parent[:number]
    source.element_start = source.position
    return taken


def _is_last(element: Element, document: Element, path: str) -> bool:
    above = document.find(path.rpartition("/")[0] or ".")
    return above is not None and above[-1] is element


def refuse_doctype(part: IO[bytes]) -> None:
    """No program writes one into an xlsx; what it declares could unfold to any size."""
    parser = expat.ParserCreate()
    started: list[str] = []

    def refuse(*_args: object) -> None:
        raise UnreadableFile(
            _("The XLSX file is damaged. Save the table as CSV or XLSX and try again.")
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _attributes: started.append(name)
    while not started and (data := part.read(4 * KIB)):
        parser.Parse(data)
