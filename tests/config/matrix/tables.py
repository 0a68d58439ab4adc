"""The tables as rows: what of each line is asked, and what must be answered."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import ModuleType
from typing import Any

METHODS = {"GET", "GET!", "POST", "POST?", "PUT", "PUT?", "PATCH", "PATCH?", "DELETE", "DELETE?"}
ANSWERS = {"ok", "void", "sign", "home", "401", "403", "404", "405", "422"}


@dataclass(frozen=True)
class Row:
    """One method of one route. `place` is the module it stands in."""

    method: str
    route: str
    answers: Mapping[str, str]
    needs: tuple[str, ...]
    leads_to: str | None
    writes: bool
    body: Any
    shows: str | None
    place: str

    def __str__(self) -> str:
        return f"{self.method} {self.route}"

    @property
    def pattern(self) -> str:
        """The route as the URLconf has it, whoever's the things in it are."""
        return re.sub("<(?:own|other)-", "<", self.route)

    @property
    def names(self) -> list[str]:
        """What has to be put in the address."""
        return re.findall(r"<([\w-]+)>", self.route)


def rows_of(area: ModuleType) -> list[Row]:
    """All rows of an area's TABLE, each with what its BODIES has for it."""
    found = list(_rows(area))
    named = {*area.BODIES, *area.SHOWS}
    assert named <= {str(row) for row in found}, "a body belongs to no row"
    return found


def _rows(area: ModuleType) -> Iterator[Row]:
    root, columns = "", []
    for line in re.sub(r"\n +", " ", area.TABLE).splitlines():
        words = line.split()
        if line.startswith("/"):
            root, *columns = words
        elif words and not line.startswith("#"):
            methods, parts = words[0].split(","), words[1].split(",")
            answers, needs = words[2 : 2 + len(columns)], words[2 + len(columns) :]
            assert set(methods) <= METHODS, line
            assert set(answers) <= ANSWERS, line
            assert len(answers) == len(columns), line
            target = needs.pop() if needs[-2:-1] == ["→"] else None
            for method, rest in product(methods, parts):
                name = method.rstrip("?!")
                route = root + rest.removeprefix(".")
                of_row = f"{name} {route}"
                yield Row(
                    method=name,
                    route=route,
                    answers=dict(zip(columns, answers, strict=True)),
                    needs=tuple(_in_full(need, root) for need in needs if need not in ("-", "→")),
                    leads_to=root + target[1:] if target and target.startswith(".") else target,
                    writes=method == "GET!" or method == name != "GET",
                    body=area.BODIES.get(of_row),
                    shows=area.SHOWS.get(of_row),
                    place=f"tests/config/matrix/{area.__name__.rpartition('.')[2]}.py",
                )


def _in_full(need: str, root: str) -> str:
    """A permission with its app, and with its model where that is the block's."""
    _, app, model = f"{root}//".split("/")[1:4]
    if "." in need or ":" in need:
        return need
    is_usual = need in ("view", "add", "change", "delete")
    return f"{app}.{need}_{model}" if is_usual else f"{app}.{need}"
