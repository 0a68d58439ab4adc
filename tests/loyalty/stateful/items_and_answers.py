"""What each customer has of personal offers: items by requests and files, and answers."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from hypothesis import strategies as st
from hypothesis.stateful import consumes, multiple, rule

from imports import jobs, worker
from loyalty.models import OfferItems, PersonalOffer
from loyalty.personal.answering import answer
from loyalty.personal.judging import Sent
from loyalty.personal.mine import mine_of
from loyalty.personal.uploading import Entry, Mode, Refused, upload
from tests.loyalty.personal.item_files import run as import_items
from tests.loyalty.stateful.world import World

TARGETS = {
    "products": st.sampled_from(["TEA", "CAKE"]),
    "categories": st.sampled_from(["SWEETS", "CAKES"]),
    "product_groups": st.just("All for school"),
    "receipt_amount": st.sampled_from(["5", "20"]),
}
VALUES = st.sampled_from(["", "10", "25"])


class ItemsAndAnswers(World):
    @rule(person=World.people, offer=World.offers, values=st.lists(VALUES, max_size=2),
          mode=st.sampled_from(Mode), needs=st.none() | st.booleans(), data=st.data())  # fmt: skip
    def upload_items(self, person, offer, values, mode, needs, data) -> None:
        items = [self.draw_item(offer, value, data) for value in values]
        entry = Entry(("id", person.pk), offer.pk, items, needs)
        (result,) = upload([entry], mode=mode)
        if isinstance(result, Refused):
            return
        self.hand_over(person, offer, items, merge=mode is Mode.MERGE)

    def draw_item(self, offer: PersonalOffer, value: str, data: st.DataObject) -> Sent:
        name = data.draw(TARGETS.get(offer.mechanic, st.just("TEA")))
        if offer.mechanic == "receipt_amount":
            return Sent(threshold=name, value=value)
        return Sent(target=name, value=value)

    def hand_over(self, person, offer, items, *, merge: bool) -> None:
        key = (person.pk, offer.pk)
        ids = {name: str(product.pk) for name, product in self.products.items()}
        targets = {ids.get(each.target, each.target or each.threshold) for each in items}
        targets |= self.items.get(key, set()) if merge else set()
        if targets:
            self.items[key] = targets
        else:
            self.items.pop(key, None)
        self.drop_answers(*key)

    @rule(target=World.uploads, person=World.people, offer=World.offers,
          values=st.lists(VALUES, min_size=1, max_size=2), data=st.data())  # fmt: skip
    def import_items(self, person, offer, values, data):
        items = [self.draw_item(offer, value, data) for value in values]
        key = (person.pk, offer.pk)
        before = self.items.get(key)
        lines = (
            f"{offer.name},id:{person.pk},{each.target},{each.threshold},,,{each.value},,"
            for each in items
        )
        with self.clock():
            job = import_items(*lines)
        good = [] if job.rejected == len(items) else items
        if job.rejected and good:  # of two the first is taken
            good = items[:1]
        if good:
            self.hand_over(person, offer, good, merge=False)
        is_change = bool(job.created or job.updated)
        return (job, key, before) if is_change else multiple()

    @rule(upload=consumes(World.uploads))
    def undo_import(self, upload) -> None:
        """What something else has written since stays."""
        job, key, before = upload
        is_as_imported = OfferItems.objects.filter(pk=key, written_by=job.pk).exists()
        if not jobs.undo(job, in_background=False):  # nothing of it is known of who was erased
            assert key not in self.items
            return
        with self.clock():
            worker.undo(job.pk)
        if is_as_imported and before is None:
            del self.items[key]
        elif is_as_imported:
            self.items[key] = before
        self.drop_answers(*key)

    @rule(person=World.people, offer=World.offers, accepted=st.booleans(), whole=st.booleans(),
          product=st.sampled_from(["TEA", "CAKE"]))  # fmt: skip
    def say(self, person, offer, accepted, whole, product) -> None:
        """To what the customer is shown, and to nothing else."""
        chosen = None if whole else {self.products[product].pk}
        _, shown = mine_of("id", person.pk, self.now, upcoming=True)
        asked = {
            piece.rule.item
            for mine in shown
            for piece in mine.pieces
            if mine.offer.pk == offer.pk and piece.rule.consent
        }
        said = set()
        with suppress(ValidationError):
            answer(customer_id=person.pk, offer_id=offer.pk, accepted=accepted, at=self.now,
                   products=chosen)  # fmt: skip
            said = asked if chosen is None else chosen
        assert bool(said) == bool(asked and (chosen is None or chosen <= asked))
        self.answers |= {(person.pk, offer.pk, item): accepted for item in said}
