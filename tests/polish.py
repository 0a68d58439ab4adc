"""Find what is left of English on pages that are asked for in Polish."""

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.utils.translation import trans_real

from tests.catalogues import catalogues, entries

SHOWN = ("alt", "aria-label", "placeholder", "title")
SILENT = ("script", "style", "code", "svg")
VOID = ("br", "hr", "img", "input", "link", "meta", "path", "use")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[ds]|\{\w*\}")


class Words(HTMLParser):
    """The texts of a page, as they are read out: without code, and parts in another language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent: list[str] = []
        self.languages: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "html":
            self.languages.append(said.get("lang") or "")
        elif self.silent or self.is_silent(tag, said):
            if tag not in VOID:
                self.silent.append(tag)
            return
        self.texts += [text for name in SHOWN if (text := said.get(name))]
        # A script's words stand beside its codes, which are short and small.
        told = [text for name, text in attrs if name.startswith("data-") and text]
        self.texts += [text for text in told if re.search("[A-Z ]", text)]
        if tag == "input" and said.get("type") == "submit":
            self.texts.append(said.get("value") or "")

    def is_silent(self, tag: str, said: dict[str, str | None]) -> bool:
        icon = "material-symbols-outlined" in (said.get("class") or "")
        return icon or tag in SILENT or said.get("lang", "pl") != "pl"

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.texts.append(data)


@cache
def english() -> tuple[set[str], re.Pattern]:
    """What must not be read: strings of ours and of the libraries that Polish has other words for.

    Those without placeholders, and a pattern for those with some.
    """
    differing: set[str] = set()
    for entry in (entry for catalogue in catalogues() for entry in entries(catalogue)):
        sources = {entry.msgid, entry.msgid_plural or entry.msgid}
        differing |= sources - set(entry.msgstr)
    for key, text in trans_real.translation("pl")._catalog.items():
        source = (key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2]
        differing |= {source} if source and text != source else set()
    parts = {" ".join(part.split()) for text in differing for part in re.split(r"<[^>]+>", text)}
    plain = {part for part in parts if not PLACEHOLDER.search(part)}
    # Less than a word around a placeholder, as in "1st", would match anything.
    open_ended = {p for p in parts - plain if re.search(r"[A-Za-z]{4}", PLACEHOLDER.sub("", p))}
    patterns = [
        ".+".join(re.escape(piece) for piece in PLACEHOLDER.split(part)) for part in open_ended
    ]
    return {p for p in plain if re.search(r"[A-Za-z]{2}", p)}, re.compile(
        "|".join(sorted(patterns))
    )


def english_in(*texts: str) -> list[str]:
    plain, pattern = english()
    told = [" ".join(text.split()) for text in texts]
    return [text for text in told if text in plain or pattern.fullmatch(text)]


def english_on(answer: Any) -> list[str]:
    """What is read in English on a page, which must also say that it is in Polish."""
    words = Words(answer.content.decode())
    wrong = [] if words.languages == ["pl"] else [f"lang={words.languages}"]
    return wrong + english_in(*words.texts)


def polish(**kwargs: Any) -> Client:
    return Client(headers={"accept-language": "pl"}, **kwargs)
