"""Staff who read Polish read no English: every page of the back-office and every report."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone, translation

from customers.models import Customer, User
from imports import jobs, worker
from imports.models import Job, State
from offers.assignment import assign
from offers.models import PrivateOffer
from tests.factories import DAY, make_altshop, make_customer, make_image, make_offer, make_staff
from tests.polish import english_in, english_on, polish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page", ["", "totp/activate/", "webauthn/", "webauthn/add/", "recovery-codes/generate/"]
)
def test_second_factors(page):
    client = polish()
    client.force_login(make_staff(password="correct-horse-7"))
    answer = client.get(f"/admin/security/{page}", follow=True)
    assert english_on(answer) == []


@pytest.fixture
def boss() -> Client:
    client = polish()
    client.force_login(make_staff(email="szef@example.com", is_superuser=True))
    return client


def test_an_empty_back_office(boss):
    for page in ("", "offers/privateoffer/", "offers/image/", "imports/job/", "imports/job/add/"):
        assert english_on(boss.get(f"/admin/{page}")) == []


def objects() -> Iterator[tuple[str, object]]:
    for model in admin.site._registry:
        yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/", model.objects.last()


def fill() -> tuple[PrivateOffer, Customer]:
    now, image = timezone.now(), make_image("Tort")
    offer = make_offer(
        name="torty",
        visible_name="Torty",
        description="Rabat.",
        validity_text="W czerwcu",
        start=now - DAY,
        end=now + DAY,
        altshops=[make_altshop(key="sklep", name="Sklep", is_default=True)],
        image=image,
    )
    customer = make_customer("anna@example.com", first_name="Anna")
    assign(offer=offer, customers=[customer])
    return offer, customer


def test_every_model_of_the_back_office(boss):
    fill()
    started(b"Email,Offer ID\njan@example.com,torty\n")
    for root, thing in objects():
        pages = ["", "?q=nic", "add/"]
        if thing is not None:
            pages += [f"{thing.pk}/{page}/" for page in ("change", "delete", "history")]
        for page in pages:
            answer = boss.get(root + page, follow=True)
            if answer.status_code == 200:
                assert english_on(answer) == []


def test_forms_that_say_what_is_wrong(boss):
    fill()
    for root, _thing in objects():
        answer = boss.post(f"{root}add/", {}, follow=True)
        if answer.status_code == 200:
            assert english_on(answer) == []


def test_the_pages_of_an_offer(boss):
    offer, customer = fill()
    root = "/admin/offers/privateoffer/"
    see = f"{root}see-as-customer/"
    pages = [f"{root}{offer.pk}/delete-emails/", f"{root}add/?copy={offer.pk}", see]
    for page in (
        *pages,
        f"{see}?customer=x&at=x",
        f"{see}{customer.pk}/sklep/2026-06-15T12:00:00Z/",
    ):
        assert english_on(boss.get(page)) == []
    assert english_on(boss.get(see)) == []
    assert english_on(boss.post(f"{root}preview/", {})) == []


def started(data: bytes, **fields) -> Job:
    with translation.override("pl"):
        return jobs.start(
            type="private-offer-emails",
            user=User.objects.last(),
            file=ContentFile(data, name="lista.csv"),
            in_background=False,
            **fields,
        )


MIXED = "Email,Offer ID,Uwagi\njan@example.com,torty,ą\nnikt,torty,\nanna@example.com,brak,\n,,\n"


@pytest.mark.django_db(transaction=True)
def test_imports_report_in_the_language_of_who_started_them(boss):
    fill()
    good, refused = started(MIXED.encode("cp1250")), started(b"Nic\n1\n")
    page = f"/admin/imports/job/{good.pk}/change/"
    assert english_on(boss.get(page)) == []
    for job in (good, refused):
        worker.check(job.pk)
        job.refresh_from_db()
        assert english_on(boss.get(f"/admin/imports/job/{job.pk}/change/")) == []
    assert (good.state, refused.state, good.rejected) == (State.READY, State.REFUSED, 2)
    told = [refused.message, *good.notes, *(reason["reason"] for reason in good.reasons)]
    assert english_in(*told) == []
    with good.rejects.open("rb") as file:
        _names_of_columns, *lines = file.read().decode().splitlines()
    assert english_in(*(cell for line in lines for cell in line.split(","))) == []
    jobs.confirm(good, in_background=False)
    worker.apply(good.pk)
    for step in (page, page.replace("change", "undo")):
        assert english_on(boss.get(step)) == []
    jobs.undo(good, in_background=False)
    worker.undo(good.pk)
    assert english_on(boss.get(page)) == []
    assert english_on(boss.get("/admin/imports/job/")) == []
    assert english_on(boss.get("/admin/")) == []
