"""Stream one XML part of an xlsx: its elements one by one, freed as soon as they are used.

openpyxl's own reader keeps an element for every row it has passed, builds a row of any length
before it can be refused, and takes ten times as long.
"""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse
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

    def read(self, size: int = -1) -> bytes:
        if self.position - self.element_start > self.longest:
            raise UnreadableFile(
                _("Row %(line)d of the sheet is too long. Save the table as CSV and try again.")
                % {"line": self.line + 1},
                line=self.line + 1,
            )
        data = self.part.read(size)
        self.position += len(data)
        return data


def elements(source: Measured, tag: str) -> Iterator[Element]:
    """Yield each element with this tag; it is emptied when the next one is asked for."""
    parents: list[Element] = []
    # defusedxml's parser is slower by far; what it guards against, refuse_doctype() refuses.
    for event, element in iterparse(source, events=("start", "end")):  # noqa: S314
        if event == "start":
            parents.append(element)
            continue
        parents.pop()
        if element.tag == tag:
            source.element_start = source.position
            yield element
            parents[-1].remove(element)


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
