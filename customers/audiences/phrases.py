"""Values put into words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHOWN = 10


def quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}


def one_of(words: list[str]) -> str:
    return listed(words, _("%(first)s or %(last)s"))


def all_of(words: list[str]) -> str:
    return listed(words, _("%(first)s and %(last)s"))


def listed(words: list[str], joined: str) -> str:
    """Up to ten words, and how many more there are."""
    shown, more = words[:SHOWN], len(words) - SHOWN
    if more > 0:
        shown.append(ngettext("%(number)d more", "%(number)d more", more) % {"number": more})
    if len(shown) < 2:
        return "".join(shown)
    return joined % {"first": ", ".join(shown[:-1]), "last": shown[-1]}
