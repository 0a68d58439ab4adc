"""django-oscar in an environment of its own, asked in the words of our engine's rules."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from promotions.engine import Basket, Goods, Kind, OrderAmount, Rule, Scope, Stacking
from tests.bench import engine_offers as shop

HERE = Path(__file__).parent / "oscar"
REQUIREMENTS = HERE / "requirements.txt"
EVERYTHING = Goods(everything=True)
BENEFITS = {Kind.PERCENTAGE: "Percentage", Kind.AMOUNT: "Fixed", Kind.FIXED_PRICE: "Fixed price"}
Case = tuple[Sequence[Rule], Basket]


def ask(cases: Sequence[Case], speed: Mapping[str, Case]) -> dict[str, Any]:
    """The totals of `cases`, in their order, and what the offers of `speed` cost in time."""
    task = {
        "products": [
            {"id": number, "category": shop.category_of(number), "price": _price(number)}
            for number in range(shop.PRODUCTS)
        ],
        "departments": {
            number: shop.product(number).categories[1] for number in range(shop.CATEGORIES)
        },
        "cases": [_case(*case) for case in cases],
        "speed": {name: _case(*case) for name, case in speed.items()},
    }
    command = [_environment() / "bin/python", "measure.py"]
    done = subprocess.run(
        command, cwd=HERE, input=json.dumps(task), stdout=subprocess.PIPE, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _environment() -> Path:
    """Made once for a Python and the pinned versions, then kept with the state."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder: Path = settings.STATE_DIR / "bench" / f"oscar-{wanted}"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = folder / "bin/python"
        sync = ["-m", "uv", "pip", "sync", "--quiet", "--python", python, REQUIREMENTS]
        subprocess.run([sys.executable, *sync], check=True)
        (folder / "complete").touch()
    return folder


def _case(rules: Iterable[Rule], basket: Basket) -> dict[str, Any]:
    lines = [
        {"product": line.product.id, "quantity": int(line.quantity)}
        for line in basket.lines
        if line.product
    ]
    return {"offers": [_offer(rule) for rule in rules], "lines": lines}


def _offer(rule: Rule) -> dict[str, Any]:
    """Audiences, days and hours, and conditions beside goods are left out: it knows none."""
    condition, benefit = _on_receipt(rule) if rule.scope is Scope.RECEIPT else _on_goods(rule)
    return {
        "priority": 1000 - rule.priority,  # there, the higher number comes first
        "exclusive": rule.stacking is not Stacking.COMBINES,
        "applications": rule.uses if rule.sets else _once_if(rule.units or benefit["once"]),
        "condition": condition,
        "benefit": {name: value for name, value in benefit.items() if name != "once"},
    }


def _on_receipt(rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
    (amount,) = (each for each in rule.conditions if isinstance(each, OrderAmount))
    kind = "Absolute" if rule.kind is Kind.AMOUNT else "Percentage"
    condition = {"type": "Value", "value": str(amount.minimum), "range": _range(EVERYTHING)}
    return condition, _benefit(rule, kind, EVERYTHING, None) | {"once": True}


def _on_goods(rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
    if not rule.sets:
        kind = BENEFITS[rule.kind]
        return _count(1, rule.goods), _benefit(rule, kind, rule.goods, rule.units)
    bought, got = rule.sets[0], rule.sets[-1]
    is_free = bought is got and rule.kind is Kind.PERCENTAGE and rule.value == 100
    kind = "Multibuy" if is_free else BENEFITS[rule.kind]
    most = None if is_free else got.discounted
    return _count(bought.required, bought.goods), _benefit(rule, kind, got.goods, most)


def _count(number: int, goods: Goods) -> dict[str, Any]:
    return {"type": "Count", "value": str(number), "range": _range(goods)}


def _benefit(rule: Rule, kind: str, goods: Goods, most: int | None) -> dict[str, Any]:
    return {
        "type": kind,
        "value": None if kind == "Multibuy" else str(rule.value),
        "max_affected_items": most,
        "range": _range(goods),
        "once": False,
    }


def _once_if(limited: object) -> int | None:
    return 1 if limited else None


def _range(goods: Goods) -> dict[str, Any]:
    """A group's products are named one by one: there, only categories gather products."""
    grouped = {n for group in goods.groups for n in range(group, shop.PRODUCTS, shop.GROUPS)}
    departments = {number for number in goods.categories if number >= shop.DEPARTMENT}
    below = {n for n in range(shop.CATEGORIES) if shop.DEPARTMENT + n // 40 in departments}
    return {
        "everything": goods.everything,
        "products": sorted(goods.products | grouped),
        "categories": sorted((goods.categories - departments) | below),
    }


def _price(number: int) -> str:
    return str(shop.price_of(number))
