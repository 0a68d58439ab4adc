"""The engine may run compiled (`make engine`). Then it must have been compiled from these sources.

Python imports what is compiled before it looks at the source: without this check a change of the
source would be without effect, and prices would go on as before.
"""

from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ENGINE = Path(__file__).parent / "engine"
SUFFIX = EXTENSION_SUFFIXES[0]


def check_compiled(folder: Path = ENGINE) -> bool:
    """Whether the engine is compiled. Raises ImproperlyConfigured if not from these sources."""
    sources = set(folder.rglob("*.py"))
    compiled = {source_of(path): path for path in folder.rglob("*.so")}
    if not compiled:
        return False
    outdated = sorted(
        str(path.relative_to(folder))
        for path in sources | compiled.keys()
        if path not in sources or path not in compiled or is_newer(path, compiled[path])
    )
    if outdated:
        raise ImproperlyConfigured(
            f"The engine was compiled from other sources than {', '.join(outdated)}. Run"
            " `make engine` to compile it anew, or `make interpreted` to go on without."
        )
    return True


def source_of(compiled: Path) -> Path:
    """What a compiled module was made of, if it was made for this very Python; else itself."""
    name = compiled.name
    is_ours = name.endswith(SUFFIX)
    return compiled.with_name(f"{name.removesuffix(SUFFIX)}.py") if is_ours else compiled


def is_newer(path: Path, than: Path) -> bool:
    return path.stat().st_mtime > than.stat().st_mtime
