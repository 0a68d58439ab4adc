"""Read the catalogues of translations as they are kept, without gettext's own tools."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d\])? )?("(?:[^"\\]|\\.)*")')


@dataclass
class Entry:
    """A string as the source has it, and its translations: one, or one for each plural form."""

    msgctxt: str | None = None
    msgid: str = ""
    msgid_plural: str | None = None
    msgstr: list[str] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str | None, str, str | None]:
        return self.msgctxt, self.msgid, self.msgid_plural


def catalogues() -> list[Path]:
    return [Path(folder, "pl", "LC_MESSAGES", "django.po") for folder in settings.LOCALE_PATHS]


def entries(catalogue: Path) -> Iterator[Entry]:
    """All but the header."""
    blocks = catalogue.read_text(encoding="utf-8").split("\n\n")
    return (_entry(block) for block in blocks[1:] if block.strip())


def _entry(block: str) -> Entry:
    entry, name = Entry(), ""
    for line in block.strip().splitlines():
        if line.startswith("#"):
            entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        match = LINE.fullmatch(line)
        assert match, line
        name, text = match[1] or name, ast.literal_eval(match[2])
        if name == "msgstr":
            if match[1]:
                entry.msgstr.append("")
            entry.msgstr[-1] += text
        else:
            setattr(entry, name, (getattr(entry, name) or "") + text)
    return entry
