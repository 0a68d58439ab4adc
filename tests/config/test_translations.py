"""The Polish catalogues: complete, compiled, sound. Whatever fails here, `make messages` helps."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation.template import templatize

from tests.catalogues import catalogues, entries

Key = tuple[str | None, str, str | None]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[ds%]|\{\w*\}|</?\w+[^>]*>")
LITERAL = r"""(?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(({LITERAL}(?:, ?{LITERAL})*)")

each_catalogue = pytest.mark.parametrize("catalogue", catalogues(), ids=lambda po: po.parts[-4])


def key_of(function: str, texts: list[str]) -> Key:
    function = function.removesuffix("_lazy").removesuffix("_noop")
    context = texts.pop(0) if function in ("pgettext", "npgettext") else None
    return context, texts[0], texts[1] if function in ("ngettext", "npgettext") else None


def strings_of_code(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name, texts = node.func.id, [a.value for a in node.args if isinstance(a, ast.Constant)]
            if texts and re.fullmatch(r"_|n?p?gettext(_lazy|_noop)?", name):
                yield key_of(name, [text for text in texts if isinstance(text, str)])


def strings_of_template(path: Path) -> Iterator[Key]:
    for name, texts in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
        yield key_of(name, list(ast.literal_eval(f"[{texts}]")))


@each_catalogue
def test_every_string_is_translated(catalogue):
    found = list(entries(catalogue))
    assert len(found) > 90
    assert [entry.key for entry in found if entry.fuzzy or not all(entry.msgstr)] == []
    forms = {len(entry.msgstr) for entry in found if entry.msgid_plural}
    assert forms == {4}


def test_every_string_of_ours_is_in_the_catalogue():
    rooms = [path.parent for path in settings.BASE_DIR.glob("*/__init__.py")]
    code = [path for room in rooms if room.name != "tests" for path in room.rglob("*.py")]
    templates = (settings.BASE_DIR / "templates").rglob("*.*")
    used: set[Key] = {key for path in code for key in strings_of_code(path)}
    used.update(key for path in templates for key in strings_of_template(path))
    known = {entry.key for entry in entries(catalogues()[0])}
    assert len(used) > 500
    assert (used - known, known - used) == (set(), set())


@each_catalogue
def test_what_is_compiled_is_what_is_written(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = {k: v for k, v in gettext.GNUTranslations(file)._catalog.items() if k}
    written = {}
    for entry in entries(catalogue):
        key = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
        if entry.msgid_plural:
            written |= {(key, form): text for form, text in enumerate(entry.msgstr)}
        else:
            written[key] = entry.msgstr[0]
    assert compiled == written


@each_catalogue
def test_translations_keep_placeholders_and_markup(catalogue):
    def held(text: str) -> set[str]:
        return set(PLACEHOLDER.findall(text))

    wrong = []
    for entry in entries(catalogue):
        one, *more = entry.msgstr
        allowed = [held(entry.msgid), held(entry.msgid_plural or entry.msgid)]
        wrong += [one] if held(one) not in allowed else []
        wrong += [text for text in more if held(text) != allowed[1]]
    assert wrong == []


def test_no_heading_of_ours_renames_a_month():
    """Ours win over Django's: "May" without a context would be the month on every page."""
    known = {entry.key for entry in entries(catalogues()[0])}
    assert (
        known & {(None, month, None) for month in [*MONTHS.values(), *MONTHS_3.values()]} == set()
    )
