"""Who buys: customers, who come, are renamed, join groups, and are erased."""

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import consumes, initialize, multiple, rule

from customers import membership
from customers.models import Customer
from loyalty.ledger import credit
from tests.factories import make_customer
from tests.imports.runs import changed
from tests.loyalty.plain_ledger import PlainLot
from tests.loyalty.stateful.plain_shop import Person
from tests.loyalty.stateful.world import World


class People(World):
    @initialize(target=World.people)
    def two_customers(self):
        """So that purchases of customers are not rare; one of them with points."""
        ann, ben = self.add_customer(), self.add_customer()
        credit(customer_id=ann.pk, amount=Decimal(20), at=self.now)
        self.plain.give(ann.number, PlainLot(Decimal(20)))
        return multiple(ann, ben)

    @rule(target=World.people)
    def add_customer(self) -> Person:
        number = len(self.everybody)
        email = f"c{number}@example.com"
        made = make_customer(email, phone=f"3809800000{number:02}")
        person = Person(number, made.pk, email)
        self.everybody.append(person)
        self.plain.lots.append([])
        return person

    @rule(person=World.people, name=st.sampled_from(["renamed", "again"]))
    def rename_customer(self, person: Person, name: str) -> None:
        person.email = f"{name}{person.number}@example.com"
        customer = Customer.objects.get(pk=person.pk)
        customer.email = person.email
        customer.save()

    @rule(person=consumes(World.people))
    def erase_customer(self, person: Person) -> None:
        with self.clock():
            changed("customer-erasure", customer=person.pk)
        person.is_erased = True
        for hold in self.held:
            hold.is_over |= hold.person is person
        self.items = {key: kept for key, kept in self.items.items() if key[0] != person.pk}
        self.answers = {key: said for key, said in self.answers.items() if key[0] != person.pk}

    @rule(person=World.people, into=st.booleans())
    def move_in_group(self, person: Person, into: bool) -> None:
        customer = Customer.objects.get(pk=person.pk)
        if into:
            membership.add(group=self.group, numbers=[customer.phone])
        else:
            membership.remove(group=self.group, customers=[customer])

    @rule(person=World.people)
    def put_into_audience(self, person: Person) -> None:
        self.audience.members.get_or_create(customer_id=person.pk)
