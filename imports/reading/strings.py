"""The table of texts that the cells of an xlsx refer to by number."""

from array import array
from xml.etree.ElementTree import Element

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT = f"{NAMESPACE}t"
_RUN = f"{NAMESPACE}r"


def text_of(item: Element) -> str:
    """The text of a string item, its runs of different fonts joined, without phonetic hints."""
    if len(item) == 1 and item[0].tag == _TEXT:
        return item[0].text or ""
    runs = (part.find(_TEXT) if part.tag == _RUN else part for part in item)
    return "".join(run.text or "" for run in runs if run is not None and run.tag == _TEXT)


class SharedStrings:
    """Packed into one buffer: a list of as many small strings would take three times as much."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._ends = array("Q", [0])

    def append(self, text: str) -> None:
        self._buffer += text.encode("utf-8", "replace")
        self._ends.append(len(self._buffer))

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        return self._buffer[self._ends[number] : self._ends[number + 1]].decode()
