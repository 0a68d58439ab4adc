"""What the addresses of the tables name: somebody else's things, and the asker's own.

Two customers, Ann and Ben, have the same of everything under names of their own, so that what is
seen where it should not be is told by its name.
"""

import re
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from customers.keys import ApiKey, issue
from customers.models import Customer, User
from imports.models import Job, State
from loyalty.models import PersonalOffer, Programme
from loyalty.personal.items import Item
from offers.assignment import assign
from promotions.models import Product
from tests.factories import (
    DAY,
    make_altshop,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_image,
    make_member,
    make_staff,
    make_user,
)
from tests.loyalty.admin.personal_offers.forms import make_personal_offer
from tests.loyalty.factories import Mechanic, give_items
from tests.loyalty.factories import make_personal_offer as offer_of
from tests.loyalty.ledgers import adjusted
from tests.loyalty.purchases.factories import make_purchase
from tests.offers.account_page import offer_now
from tests.promotions.account_pages import promotion_for
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_point_of_sale,
    make_product,
    make_product_group,
)

EMAILS = "private-offer-emails"
MODEL = re.compile(r"/admin/(\w+/\w+)/")


class World:
    """All there is. Somebody else's things are Ann's, or of a colleague whom nobody asks as."""

    def __init__(self) -> None:
        self.place = make_point_of_sale()
        self.altshop = make_altshop(key="main", is_default=True)
        self.image = make_image("Used picture")
        self.colleague = make_staff(is_superuser=True, email="hidden-colleague@example.com")
        self.ann, self.ben = self._person("ann"), self._person("ben")
        self.by_model = self._by_model()
        self.by_name = self._by_name()
        make_member(self.by_model["customers/customergroup"], self.ben.customer)

    def _person(self, name: str) -> SimpleNamespace:
        """With a private offer, a list to choose from and cashback, each named by the customer."""
        user = make_user(f"{name}-email@example.com")
        phone = {"ann": "48600100101", "ben": "48600100102"}[name]
        customer = make_customer(user.email, user=user, phone=phone, last_name=f"{name}-surname")
        names = {"name": f"{name}-offer", "visible_name": f"{name}-offer"}
        offer = offer_now(**names, altshops=[self.altshop], image=self.image)
        assign(offer=offer, customers=[customer])
        product = make_product(f"{name}-product", external_id=f"{name}-product")
        promotion = promotion_for(customer, [product], name=f"{name}-promotion")
        batch = adjusted(customer, 5, comment=f"{name}-comment", at=timezone.now())
        wanted = make_product()
        bonus = self._bonus(name, customer, wanted)
        purchase = make_purchase(
            receipt=f"{name}-receipt", customer=customer, place=self.place, now=timezone.now()
        )
        return SimpleNamespace(**{key: each for key, each in locals().items() if key != "self"})

    def _bonus(self, name: str, customer: Customer, product: Product) -> PersonalOffer:
        """A personal offer for the product, of the customer's own, to be accepted."""
        now, names = timezone.now(), {"name": f"{name}-bonus", "title": f"{name}-bonus"}
        dates = {"start": now - DAY, "end": now + DAY}
        bonus = offer_of(Mechanic.PRODUCTS, value=5, needs_acceptance=True, **names, **dates)
        give_items(bonus, customer, Item(product.pk))
        return bonus

    def _by_model(self) -> dict[str, Any]:
        """What `<id>` is, by the model whose block it stands in."""
        group = make_group(title="hidden-group")
        return {
            "auth/group": Group.objects.create(name="hidden-role"),
            "customers/apikey": self._key(self.colleague),
            "customers/attributedefinition": make_attribute("city"),
            "customers/audience": make_audience(
                {"field": "groups", "is": "in_any", "value": [group.pk]}, name="hidden-audience"
            ),
            "customers/customer": self.ann.customer,
            "customers/customergroup": group,
            "customers/user": self.colleague,
            "loyalty/batch": self.ann.batch,
            "loyalty/personaloffer": make_personal_offer(name="hidden-personal-offer"),
            "loyalty/programme": Programme.objects.get_or_create()[0],
            "offers/altshop": make_altshop(key="spare"),
            "offers/image": make_image("Spare picture"),
            "offers/privateoffer": self.ann.offer,
            "promotions/category": make_category(),
            "promotions/discount": make_discount(name="hidden-discount"),
            "promotions/personalizedpromotion": self.ann.promotion,
            "promotions/pointofsale": make_point_of_sale(),
            "promotions/product": self.ann.product,
            "promotions/productgroup": make_product_group(products=[self.ann.product]),
        }

    def _by_name(self) -> dict[str, Any]:
        """What any other name in an address is; "api " before it: in the API."""
        things, job = self.by_model, self._job(self.colleague)
        return {
            "altshop": "main",
            "api customer": f"id:{self.ann.customer.pk}",
            "api job": job.public_id,
            "api offer": self.ann.bonus.pk,
            "api other-offer": self.ben.bonus.pk,
            "app_label": "offers",
            "at": f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}",
            "audience": things["customers/audience"].pk,
            "backend": self.ann.promotion.backend_id,
            "batch": things["loyalty/batch"].pk,
            "content_type": 1,
            "customer": self.ann.customer.pk,
            "group": things["customers/customergroup"].pk,
            "job": job.pk,
            "key": "nonsense",
            "offer": self.ann.offer.pk,
            "personal_offer": self.ann.bonus.pk,
            "picture": self.image.file.name.rpartition("/")[2].removesuffix(".webp"),
            "id": 0,
            "pk": 0,
            "place": self.place.key,
            "product": self.ann.product.pk,
            "product_group": things["promotions/productgroup"].pk,
            "promotion": self.ann.promotion.pk,
            "purchase": self.ann.purchase.public_id,
            "receipt": "ann-receipt",
            "slug": EMAILS,
            "step": "confirm",
            "type": EMAILS,
            "uidb36": "1",
            "url": "nothing-is-here/",
        }

    def _job(self, user: User) -> Job:
        fields = {"type": EMAILS, "state": State.READY, "user": user, "file_name": "hidden.csv"}
        return Job.objects.create(**fields, rejects=ContentFile(b"hidden-reject", "rejects.csv"))

    def _key(self, user: User) -> ApiKey:
        return issue(name="hidden-key", scopes=[], user=user, at=timezone.now())[0]

    def filled(self, route: str, user: User | None) -> str:
        """The route with what its names stand for, where `user` asks."""
        return re.sub(r"<([\w-]+)>", lambda found: str(self._value(found[1], route, user)), route)

    def _value(self, name: str, route: str, user: User | None) -> Any:
        if name == "new":
            return "<new>"
        model = MODEL.match(route)
        if name.startswith("own-"):
            return self._own(name, model[1] if model else "", user)
        if name == "id" and model:
            return self.by_model[model[1]].pk
        in_api = f"api {name}"
        return self.by_name[
            in_api if route.startswith("/api/") and in_api in self.by_name else name
        ]

    def _own(self, name: str, model: str, user: User | None) -> Any:
        """Strangers have nothing of their own: they ask for somebody else's."""
        if name == "own-job":
            job = Job.objects.filter(user=user or self.colleague).first()
            job = job or self._job(user or self.colleague)
            return job.pk if model else job.public_id
        if model == "customers/user":
            return (user or self.colleague).pk
        keys = ApiKey.objects.filter(created_by=user or self.colleague, name="hidden-key")
        return (keys.first() or self._key(user or self.colleague)).pk
