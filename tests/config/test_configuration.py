"""docs/configuration.md and config/settings.py name the same environment."""

import re

from django.conf import settings

READ = re.compile(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"')
TOLD = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)


def test_every_name_that_is_read_is_documented_and_the_other_way_round():
    source = (settings.BASE_DIR / "config/settings.py").read_text()
    page = (settings.BASE_DIR / "docs/configuration.md").read_text()
    told = TOLD.findall(page)
    assert sorted(told) == sorted(set(READ.findall(source)))
