"""An offer's count of assigned e-mails is that of its rows, whatever happened before."""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.models import Customer
from imports.models import Job, State
from offers import sweeping
from offers.assignment import assign, withdraw
from offers.models import Assignment, PrivateOffer
from offers.removal import remove
from tests.factories import make_altshop, make_image, make_offer
from tests.imports.runs import EMAILS, WITHDRAWAL, changed, imported, undone
from tests.offers.assignments import stored_and_counted

pytestmark = pytest.mark.django_db(transaction=True)

OFFERS = ("cakes", "shoes")
PEOPLE = ("ann", "bob", "eve")
pairs = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(OFFERS)), max_size=4)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("import"), pairs),
        st.tuples(st.just("undo"), st.integers(0, 5)),
        st.tuples(st.just("withdraw all"), st.sampled_from(OFFERS)),
        st.tuples(st.sampled_from(["assign", "withdraw"]), pairs),
        st.tuples(st.just("delete customer"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("delete offer"), st.sampled_from(OFFERS)),
        st.tuples(st.just("sweep"), st.none()),
    ),
    max_size=9,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds)
def test_the_count_is_that_of_the_rows_after_every_change(deeds):
    begin_anew()
    for deed, about in deeds:
        DEEDS[deed](about)
        assert [
            n for n, (stored, counted) in stored_and_counted().items() if stored != counted
        ] == []


def begin_anew() -> None:
    for model in (Job, Assignment, PrivateOffer, Customer):
        model.objects.all().delete()
    image, shop = make_image(), make_altshop()
    for name in OFFERS:
        make_offer(name=name, image=image, altshops=[shop])


def import_pairs(about) -> None:
    lines = ["Email,Offer ID", *(f"{person}@example.com,{offer}" for person, offer in about)]
    imported(EMAILS, "\n".join(lines).encode())


def undo(number) -> None:
    done = Job.objects.filter(state=State.DONE).order_by("pk")[number : number + 1]
    for job in done:
        if job.can_be_undone:
            undone(job)


def withdraw_all(offer: PrivateOffer) -> None:
    changed(WITHDRAWAL, offer=offer.pk)


def change(verb, about) -> None:
    """Twice the same customer counts once."""
    for person, name in about:
        customer = Customer.objects.filter(email=f"{person}@example.com").first()
        for offer in PrivateOffer.objects.filter(name=name):
            if customer:
                verb(offer=offer, customers=[customer, customer])


def on_offer(verb, name) -> None:
    for offer in PrivateOffer.objects.filter(name=name):
        verb(offer)


def sweep(_about) -> None:
    sweeping.sweep_orphans()
    sweeping.correct_counts()


DEEDS = {
    "import": import_pairs,
    "undo": undo,
    "assign": partial(change, assign),
    "withdraw": partial(change, withdraw),
    "withdraw all": partial(on_offer, withdraw_all),
    "delete offer": partial(on_offer, lambda offer: remove(offer=offer)),
    "delete customer": lambda person: Customer.objects.filter(
        email=f"{person}@example.com"
    ).delete(),
    "sweep": sweep,
}
