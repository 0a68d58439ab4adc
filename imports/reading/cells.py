"""Turn a cell of an xlsx into the text a person sees there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from .strings import NAMESPACE, SharedStrings, text_of

_VALUE = f"{NAMESPACE}v"
_INLINE = f"{NAMESPACE}is"


@dataclass(frozen=True)
class CellReader:
    """What a cell refers to: the shared strings and which styles show a number as a date."""

    strings: SharedStrings = field(default_factory=SharedStrings)
    date_styles: frozenset[int] = frozenset()
    duration_styles: frozenset[int] = frozenset()
    epoch: datetime = WINDOWS_EPOCH

    def text(self, cell: Element) -> str:
        """Raises ValueError or IndexError for a cell that Excel would call damaged.

        Of a formula, the value that was last calculated. Errors stay as they are: "#N/A".
        """
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(_INLINE)
            return "" if inline is None else text_of(inline)
        value = cell.findtext(_VALUE, "")
        if kind == "s" and value:
            return self.strings[int(value)]
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind == "d":
            return value.removesuffix("T00:00:00")
        if kind != "n" or not value:
            return value
        style = int(cell.get("s", "0"))
        return self._date(value, style) if style in self.date_styles else number(value)

    def _date(self, value: str, style: int) -> str:
        try:
            moment = from_excel(float(value), self.epoch, timedelta=style in self.duration_styles)
        except (OverflowError, ValueError):
            return "#VALUE!"
        if isinstance(moment, datetime):
            return moment.isoformat(" ", "seconds").removesuffix(" 00:00:00")
        return str(moment) if isinstance(moment, timedelta) else moment.isoformat("seconds")


def number(value: str) -> str:
    """A number without exponent and without a fraction of zeros.

    Excel keeps 15 digits but writes up to 17, so that 19.99 arrives as 19.989999999999998.
    """
    if value.isdecimal():
        return value
    return format(Decimal(f"{float(value):.15g}"), "f")
