"""What the program imports is what a machine that only runs it has."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

ROOMS = ("config", "customers", "imports", "loyalty", "offers", "promotions")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - set(ROOMS)


def test_nothing_is_imported_that_only_development_installs():
    run = (settings.BASE_DIR / "requirements" / "run.txt").read_text()
    installed = {name.lower() for name in re.findall(r"^([\w.-]+)==", run, re.M)}
    distributions = packages_distributions()
    missing = {
        (str(path.relative_to(settings.BASE_DIR)), name)
        for room in ROOMS
        for path in (settings.BASE_DIR / room).rglob("*.py")
        for name in imported(path)
        if not {each.lower() for each in distributions.get(name, [name])} & installed
    }
    assert missing == set()
