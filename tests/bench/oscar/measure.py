"""Prices baskets with django-oscar: tasks from stdin and answers to stdout, as JSON.

Runs in an environment of its own, see oscar_peer.py, which writes the tasks.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
django.setup()

import shop  # noqa: E402 its models need the settings

WARM_ROUNDS = 5


def main() -> None:
    # From the models: its migrations take twenty seconds to arrive at the same tables.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", verbosity=0, run_syncdb=True)
    task = json.load(sys.stdin)
    shop.stock(task["products"], task["departments"])
    answer = {
        "totals": [total_of(case) for case in task["cases"]],
        "speed": {name: speed(case) for name, case in task["speed"].items()},
    }
    json.dump(answer, sys.stdout)


@contextmanager
def offered(case: dict[str, Any]) -> Iterator[Any]:
    """The basket of the case in a shop that has its offers and no others."""
    with transaction.atomic():
        for each in case["offers"]:
            shop.offer(each)
        yield shop.basket(case["lines"])
        transaction.set_rollback(True)


def total_of(case: dict[str, Any]) -> str:
    with offered(case) as basket:
        return shop.total(basket)


def speed(case: dict[str, Any]) -> dict[str, Any]:
    with offered(case) as basket:
        queries = []
        with connection.execute_wrapper(lambda run, *args: queries.append(1) or run(*args)):
            first = shop.total(basket)
        shipped = timed(basket)
        with ranges_cached():
            assert shop.total(basket) == first
            cached = statistics.median(timed(basket) for _ in range(WARM_ROUNDS))
    return {"queries": len(queries), "shipped": shipped, "cached": cached, "total": first}


def timed(basket: Any) -> float:
    """Seconds that the offers take; the lines are known already, as late in a request."""
    basket.reset_offer_applications()
    basket.all_lines()
    started = time.perf_counter()
    shop.Applicator().apply(basket)
    return time.perf_counter() - started


@contextmanager
def ranges_cached() -> Iterator[None]:
    """What is in a range is known to the process, so that asking it takes no query."""
    members = {
        each.pk: frozenset(each.all_products().values_list("pk", flat=True))
        for each in shop.Range.objects.all()
    }

    def contains_product(self: Any, product: Any) -> bool:
        return product.pk in members[self.pk]

    with patch.object(shop.Range, "contains_product", contains_product):
        yield


if __name__ == "__main__":
    main()
