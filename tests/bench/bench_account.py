"""What one customer sees: the ids alone beside `select 1`, the whole page beside a plain one."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import Q
from django.test import RequestFactory

from customers.models import Audience, Customer, CustomerGroup, GroupMember, User
from customers.sessions import SessionStore
from offers.models import AltShop, PrivateOffer
from offers.showcase import showcase_for
from tests.bench import databases
from tests.bench.dataset import HOST, NOW
from tests.bench.harness import Report, medians

AIMED = 20
settings.ALLOWED_HOSTS = [HOST]
settings.ROOT_URLCONF = "tests.bench.plain_view"


def run(report: Report) -> None:
    databases.use_dataset(report.scale)
    with signed_in(Customer.objects.get(pk=report.scale.customers // 2)) as user:
        ids(report, user)
        pages(report, user)
        with aimed_offers(user.customer):
            aimed(report, user)


def ids(report: Report, user: User) -> None:
    customer, altshop = user.customer, AltShop.objects.get(host=HOST)
    joined = PrivateOffer.objects.live(NOW).filter(
        Q(is_public=True) | Q(assignments__customer=customer), altshops=altshop
    )

    def ours() -> list[int]:
        showcase, viewer = showcase_for(user.pk, NOW)
        return [offer.id for offer in showcase.visible(viewer, altshop, NOW)]

    def exists() -> list[int]:
        seen = PrivateOffer.objects.visible_to(customer, altshop, NOW)
        return list(seen.values_list("pk", flat=True))

    def join() -> list[int]:
        return list(joined.distinct().order_by("sort_order", "pk").values_list("pk", flat=True))

    assert ours() == exists() == join()
    # Short turns and many: at a tenth of a millisecond any neighbour is felt.
    times = medians({"ours": ours, "select 1": select_1}, rounds=101, seconds=0.02)
    plain = medians({"ours": ours, "exists": exists, "join": join})
    what = f"ids of the {len(ours())} offers that one customer sees"
    report.at_most(1.5, what, times["ours"], "select 1", times["select 1"])
    report.at_least(8, what, plain["ours"], "ORM, exists()", plain["exists"])
    report.at_least(8, what, plain["ours"], "ORM, join", plain["join"])


def aimed(report: Report, user: User) -> None:
    """The same while live offers are aimed at groups and audiences, some of them the customer's."""
    customer, altshop = user.customer, AltShop.objects.get(host=HOST)

    def ours() -> list[int]:
        showcase, viewer = showcase_for(user.pk, NOW)
        return [offer.id for offer in showcase.visible(viewer, altshop, NOW)]

    def rule() -> list[int]:
        seen = PrivateOffer.objects.visible_to(customer, altshop, NOW)
        return list(seen.values_list("pk", flat=True))

    assert ours() == rule()
    times = medians({"ours": ours, "select 1": select_1}, rounds=101, seconds=0.02)
    what = f"ids of {len(ours())}, with {AIMED} groups, lists and audiences each"
    report.note(what, times["ours"], "select 1", times["select 1"])
    plain = medians({"ours": ours, "queryset": rule})
    report.note(what, plain["ours"], "visible_to", plain["queryset"])
    times = medians({"ours": visit("/account/offers/", user), "plain": visit("/plain/", user)})
    report.note("page with aimed offers", times["ours"], "view, ORM, template", times["plain"])


@contextmanager
def aimed_offers(customer: Customer) -> Iterator[None]:
    """Live offers aimed at groups, fixed lists and conditions, half of which hold the customer."""
    live = list(PrivateOffer.objects.live(NOW).filter(is_public=False).order_by("-pk")[: 3 * AIMED])
    # Groups can't be deleted: they are found again by the next run.
    groups = [CustomerGroup.objects.get_or_create(title=f"Group {n}")[0] for n in range(AIMED)]
    fixed = [Audience.objects.create(name=f"List {n}", kind="static") for n in range(AIMED)]
    dynamic = [
        Audience.objects.create(name=f"Audience {n}", conditions=conditions(customer, n))
        for n in range(AIMED)
    ]
    for targets in (groups, fixed):
        for target in targets[::2]:
            target.members.create(customer=customer)
    for number, offer in enumerate(live):
        (offer.groups if number % 3 == 0 else offer.audiences).add(
            (groups, fixed, dynamic)[number % 3][number // 3]
        )
    try:
        yield
    finally:
        for offer in live:
            offer.groups.clear()
            offer.audiences.clear()
        Audience.objects.all().delete()
        GroupMember.objects.all().delete()


def conditions(customer: Customer, number: int) -> dict[str, object]:
    """True of the customer for even numbers."""
    name = customer.first_name if number % 2 == 0 else "Nobody"
    named = {"field": "first_name", "is": "equals_any", "value": [name, f"Name {number}"]}
    return {"all": [named, {"not": {"field": "birth_date", "is": "month_in", "value": [2]}}]}


def select_1() -> tuple[int]:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return cursor.fetchone()


def pages(report: Report, user: User) -> None:
    ours, plain = visit("/account/offers/", user), visit("/plain/", user)
    cards = [page().count(b'<li class="card">') for page in (ours, plain)]
    assert cards[0] == cards[1] > 0
    times = medians({"ours": ours, "plain": plain})
    report.at_least(
        3.5, f"page of {cards[0]} cards", times["ours"], "view, ORM, template", times["plain"]
    )


def visit(path: str, user: User) -> Callable[[], bytes]:
    """A call of the whole application as a server makes it, by a browser that was here before."""
    application = get_wsgi_application()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    request = RequestFactory().get(path, headers={"host": HOST}).environ
    request["HTTP_COOKIE"] = f"sessionid={session.session_key}; csrftoken={'c' * 32}"

    def call() -> bytes:
        response = application(request | {"wsgi.input": io.BytesIO()}, lambda *_: None)
        content = b"".join(response)
        response.close()
        return content

    return call


@contextmanager
def signed_in(customer: Customer) -> Iterator[User]:
    """A user for this customer, as long as it lasts."""
    User.objects.filter(email=customer.email).delete()
    user = User.objects.create_user(customer.email)
    Customer.objects.filter(pk=customer.pk).update(user=user)
    try:
        yield user
    finally:
        user.delete()
