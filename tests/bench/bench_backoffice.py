"""The back-office's lists at full size: what a page costs the database, beside the stock admin."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client, RequestFactory, override_settings

from customers.models import Customer, User
from offers.models import PrivateOffer
from tests.bench import databases, harness, stock_admin
from tests.bench.harness import Report

SLOW = 5.0  # seconds: once is enough
CUSTOMERS = "/admin/customers/customer/"
OFFERS = "/admin/offers/privateoffer/"
SEARCHES = {
    "by name": "zofia kowalski",
    "by a part of a name": "olszuch",
    "by e-mail": "customer77777@example.com",
    "by a part of an e-mail": "r777777",
    "by phone": "+48 500 077 777",
    "of nobody": "zzzzzz",
}


def run(report: Report) -> None:
    databases.use_dataset(report.scale)
    with override_settings(ROOT_URLCONF="config.urls", ALLOWED_HOSTS=["*"]), staff() as user:
        customers(report, user)
        searches(report, user)
        offers(report, user)


def customers(report: Report, user: User) -> None:
    deep = report.scale.customers // 2
    page = deep // 10
    compare(report, "customers", user, Customer, CUSTOMERS, {}, {})
    compare(
        report,
        f"customers, page {page:,}",
        user,
        Customer,
        CUSTOMERS,
        {"p": page, "after": deep},
        {"p": page},
    )
    compare(
        report,
        f"customers by name, page {page:,}",
        user,
        Customer,
        CUSTOMERS,
        {"o": "0", "p": page, "after": deep},
        {"o": "1", "p": page},
    )
    compare(report, "customers by e-mail", user, Customer, CUSTOMERS, {"o": "-1"}, {"o": "-2"})


def searches(report: Report, user: User) -> None:
    for name, text in SEARCHES.items():
        # The stock search knows no way of writing a phone number but the stored one.
        stock = text.replace("+48 500 077 777", "48500077777")
        what = f"search for customers {name}"
        compare(report, what, user, Customer, CUSTOMERS, {"q": text}, {"q": stock}, 25)
        print(f"  {text!r}: {plans(visit(user, CUSTOMERS, {'q': text}))}", file=sys.stderr)


def offers(report: Report, user: User) -> None:
    compare(report, "private offers", user, PrivateOffer, OFFERS, {}, {})
    compare(report, "private offers, last page", user, PrivateOffer, OFFERS, {"p": 10**6}, {})
    compare(
        report,
        "search for offers",
        user,
        PrivateOffer,
        OFFERS,
        {"q": "offer-77"},
        {"q": "offer-77"},
    )


def compare(
    report: Report,
    what: str,
    user: User,
    model: type,
    path: str,
    parameters: dict[str, Any],
    stock_parameters: dict[str, Any],
    target: float = 10,
) -> None:
    """Our whole page, session and permissions included, beside the stock list's rows alone."""
    ours, number = database_time(visit(user, path, parameters), rounds=7)
    stock, _ = database_time(stock_list(user, model, stock_parameters), rounds=2)
    report.limit(10, f"{what}: time in {number} queries", ours * 1000, "ms")
    report.at_least(target, what, ours, "stock admin", stock)


def visit(user: User, path: str, parameters: dict[str, Any]) -> Callable[[], object]:
    client = Client()
    client.force_login(user)

    def call() -> None:
        response = client.get(path, parameters)
        assert response.status_code == 200, response

    return call


def stock_list(user: User, model: type, parameters: dict[str, Any]) -> Callable[[], object]:
    request = RequestFactory().get("/", parameters)
    request.user = user
    admin = stock_admin.site.get_model_admin(model)
    return lambda: list(admin.get_changelist_instance(request).result_list)


def database_time(call: Callable[[], object], *, rounds: int) -> tuple[float, int]:
    """Seconds that the queries of one call take together, the median; and how many they are."""
    runs = [recorded(call)]
    if not harness.is_hasty and sum(taken for _, _, taken in runs[0]) < SLOW:
        runs = [recorded(call) for _ in range(rounds)]  # the first was to warm up
    times = [sum(taken for _, _, taken in run) for run in runs]
    return statistics.median(times), len(runs[0])


def recorded(call: Callable[[], object]) -> list[tuple[str, Any, float]]:
    queries = []

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            queries.append((sql, params, time.perf_counter() - started))

    with connection.execute_wrapper(record):
        call()
    return queries


def plans(call: Callable[[], object]) -> str:
    """The indexes of the customers' table that the queries of one call go by."""
    found = set()
    for sql, params, _ in recorded(call):
        if 'FROM "customers_customer"' not in sql:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}", params)
            lines = [line.strip() for (line,) in cursor.fetchall()]
        found |= {line.split("  (")[0].removeprefix("->  ") for line in lines if "Scan" in line}
    return ", ".join(sorted(found))


@contextmanager
def staff() -> Iterator[User]:
    """Somebody who may do everything, gone afterwards: the dataset is kept."""
    with transaction.atomic():
        yield User.objects.create_superuser("bench@example.com")
        transaction.set_rollback(True)
