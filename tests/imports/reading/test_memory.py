"""Memory stays flat however long or hostile a file is; measured in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .files import sheet, with_part, with_strings, xlsx, zipped

LIMIT = 30 * 1024 * 1024

HEADER = b"Email,Offer ID\n"

# Peak memory is compared with that of the same process after it has read small files.
SCRIPT = """
import json, re, sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from imports.reading import UnreadableFile, open_rows

def read(path):
    lines = 0
    with open(path, "rb") as file:
        try:
            _opened, batches = open_rows(file, expected=["Email", "Offer ID"])
            for batch in batches:
                lines += len(batch) + len(batch.malformed)
        except UnreadableFile:
            return "refused"
    return lines

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024

small, *large = sys.argv[1:]
for path in Path(small).iterdir():
    read(path)
idle = peak()
print(json.dumps([[read(path), peak() - idle] for path in large]))
"""


def long_sheet(rows: int) -> bytes:
    row = '<row><c t="inlineStr"><is><t>u@example.com</t></is></c><c><v>1</v></c></row>'
    return sheet("<row><c><v>1</v></c><c><v>2</v></c></row>" + row * rows)


SHARING = '<row><c t="s"><v>0</v></c></row>'

FILES: list[tuple[str, bytes, bytes, int, object]] = [
    # what it is, how it begins, what is repeated, how often, what comes of it
    ("long", HEADER, b"user@example.com,SPRING\n", 400_000, 400_000),
    ("long and quoted", HEADER, b'"user@example.com","SPRING"\n', 200_000, 200_000),
    ("ragged", HEADER, b"x\n", 200_000, 200_000),
    ("blank", HEADER, b"\n", 500_000, 0),
    ("broken quotes", HEADER, b'"a"b,c\n', 100_000, 100_000),
    ("commas", HEADER, b"," * 100 + b"x\n", 20_000, 20_000),
    ("unclosed", HEADER + b'"', b"user@example.com,SPRING\n", 1_000_000, "refused"),
    ("chained", HEADER + b'a,"', b'a","b\n', 2_000_000, "refused"),
    ("endless cell", HEADER, b"x" * 1_000, 50_000, "refused"),
    ("endless header", b"", b"x," * 1_000, 50_000, "refused"),
    ("not one line", HEADER, "ż".encode("cp1250"), 50_000_000, "refused"),
]


XLSX: list[tuple[str, bytes, object]] = [
    ("long sheet", long_sheet(40_000), 40_000),
    ("many strings", with_strings(long_sheet(9), *["<t>user@example.com</t>"] * 300_000), 9),
    (
        "shared long strings",
        with_strings(sheet(SHARING * 3_000), f"<t>{'x' * 100_000}</t>"),
        2_999,
    ),
    ("wide row", sheet(f"<row>{'<c><v>1</v></c>' * 2_000_000}</row>"), "refused"),
    ("huge part", with_part(sheet(""), "xl/styles.xml", b"x" * 40_000_000), "refused"),
]


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_memory_stays_flat(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    (small / "a.csv").write_bytes(HEADER + "ł,ł\n".encode("cp1250"))
    (small / "a.xlsx").write_bytes(xlsx(["Email"], ["a@b.pl"]))
    (small / "a.zip").write_bytes(zipped(("a.csv", HEADER)))
    expected: dict[str, object] = {}
    for name, start, part, times, result in FILES:
        expected[name] = result
        with (tmp_path / name).open("wb") as file:
            file.write(start)
            for _ in range(100):
                file.write(part * (times // 100))
    for name, content, result in XLSX:
        expected[name] = result
        (tmp_path / name).write_bytes(content)
    expected["bomb"] = "refused"
    (tmp_path / "bomb").write_bytes(zipped(("a.csv", HEADER * 6_000_000)))

    paths = [str(tmp_path / name) for name in expected]
    command = [sys.executable, "-c", SCRIPT, str(small), *paths]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    results = dict(zip(expected, json.loads(output), strict=True))
    assert {name: result for name, (result, _peak) in results.items()} == expected
    assert {name: peak for name, (_result, peak) in results.items() if peak > LIMIT} == {}
