"""Take the one file out of a zip, without believing what the zip says about itself."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

from .batches import KIB, MIB, Limits
from .errors import UnreadableFile

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")

# zipfile reads the whole list of contents, 46 bytes or more an entry, into memory.
_CONTENTS_BYTES = 256 * KIB
_END = b"PK\x05\x06"
_END_BYTES = 22 + 64 * KIB  # the end record and the longest comment

# Unpacked by zipfile in steps of bounded size; the other methods may burst.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


@contextmanager
def damage_refused() -> Iterator[None]:
    """Turn what reading from a broken archive raises into a refusal."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _damaged() from error


def open_archive(stream: BinaryIO, size: int) -> zipfile.ZipFile:
    """Open a zip or an xlsx, which is a zip too."""
    stream.seek(max(0, size - _END_BYTES))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0:
        raise _damaged()
    if int.from_bytes(tail[end + 12 : end + 16], "little") > _CONTENTS_BYTES:
        raise UnreadableFile(_("The zip holds too many files. Put a single file into it."))
    with _any_error_refused():
        return zipfile.ZipFile(stream)


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """The unpacked content; reading it may raise what damage_refused() catches."""
    with _any_error_refused():
        return cast(BinaryIO, archive.open(info))


@contextmanager
def _any_error_refused() -> Iterator[None]:
    # Contents that lie lead zipfile to ValueError, OSError, struct.error and more.
    try:
        yield
    except Exception as error:
        raise _damaged() from error


def _damaged() -> UnreadableFile:
    return UnreadableFile(_("The file is damaged or incomplete. Save or upload it once more."))


def only_file(archive: zipfile.ZipFile, *, packed: int, limits: Limits) -> zipfile.ZipInfo:
    """Return the one file in the zip that a person put there; `packed` is the zip's own size.

    The bytes that zipfile hands out never exceed the declared size, so checking that is enough.
    """
    files = [info for info in archive.infolist() if not _is_clutter(info)]
    if not files:
        raise UnreadableFile(_("The zip is empty. Put one CSV or XLSX file into it."))
    if len(files) > 1:
        raise UnreadableFile(
            _("The zip holds %(number)d files. Put a single file into it.") % {"number": len(files)}
        )
    (info,) = files
    check_member(info)
    if info.file_size > limits.unpacked or _is_bomb(info, packed, limits):
        raise UnreadableFile(
            _("The file in the zip is too large once unpacked. Split it into smaller files.")
        )
    return info


def check_member(info: zipfile.ZipInfo) -> None:
    """Refuse what cannot be unpacked, or not in bounded memory."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFile(_("The zip has a password. Make one without a password."))
    if info.compress_type not in _METHODS:
        raise UnreadableFile(
            _("The zip is packed in an unusual way. Make one with the usual compression.")
        )


def _is_bomb(info: zipfile.ZipInfo, packed: int, limits: Limits) -> bool:
    # Below a few megabytes even the best packed file does no harm.
    return info.file_size > max(packed * limits.ratio, 4 * MIB)


def _is_clutter(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    hidden = name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")
    # Not `is_dir`, which fails where a damaged zip leaves no name.
    return name.endswith("/") or name.startswith("__MACOSX/") or hidden
