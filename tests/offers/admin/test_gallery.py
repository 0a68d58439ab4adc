"""The image gallery (T18, T30) and what the picture picker asks of it."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from offers.models import Image
from tests.factories import make_image, make_offer, make_staff, picture_file
from tests.pages import links, page_text, signed_in

GALLERY = "/admin/offers/image/"
ALL = [f"offers.{verb}_image" for verb in ("view", "add", "change", "delete")]


@pytest.fixture
def client(db):
    return signed_in(make_staff(*ALL))


def upload(name="sofa.png", content=None):
    return SimpleUploadedFile(name, content or picture_file().read(), "image/png")


def test_t30_several_pictures_are_uploaded_at_once_and_named_after_their_files(client):
    response = client.post(f"{GALLERY}add/", {"pictures": [upload("sofa.png"), upload("bed.png")]})
    assert response.headers["Location"] == GALLERY
    assert sorted(Image.objects.values_list("title", flat=True)) == ["bed", "sofa"]


@pytest.mark.parametrize("content", [b"", b"not a picture", b"<svg xmlns='x'/>", b"%PDF-1.4"])
def test_a_wrong_file_is_named_beside_the_field_and_none_is_kept(client, content):
    files = [upload("sofa.png"), SimpleUploadedFile("notes.png", content, "image/png")]
    page = client.post(f"{GALLERY}add/", {"pictures": files})
    (error,) = page.context["form"].errors["pictures"]
    if content:
        assert error == (
            "notes.png: This is not a picture we can read. Use JPEG, PNG, WebP or GIF."
        )
    else:
        assert error == "The submitted file is empty."
    assert Image.objects.count() == 0


def test_uploading_nothing_is_an_error_beside_the_field(client):
    page = client.post(f"{GALLERY}add/", {})
    assert page.context["form"].errors == {"pictures": ["This field is required."]}


def test_the_gallery_shows_each_picture_and_in_how_many_offers_it_is(client):
    used, unused = make_image("Used"), make_image("Unused")
    make_offer(image=used)
    make_offer(image=used)
    page = client.get(GALLERY)
    assert "Unused Not in use Used In 2 offers" in page_text(page)
    assert all(image.thumbnail.url in page.content.decode() for image in (used, unused))


def test_a_picture_says_where_it_is_used(client):
    offer = make_offer(name="june-1")
    make_offer(name="july-1")
    page = client.get(f"{GALLERY}{offer.picture.pk}/change/")
    assert ("june-1", f"/admin/offers/privateoffer/{offer.pk}/change/") in links(page)
    assert "july-1" not in page_text(page)


def test_the_title_can_be_changed(client):
    image = make_image("Sfoa")
    client.post(f"{GALLERY}{image.pk}/change/", {"title": "Sofa"})
    image.refresh_from_db()
    assert image.title == "Sofa"


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["picture", "small_image", "medium_image", "big_image"])
def test_a_picture_in_use_cannot_be_deleted_and_the_offers_are_named(client, field):
    image = make_image("Sofa")
    make_offer(name="june-1", **{field: image})
    page = client.get(f"{GALLERY}{image.pk}/delete/")
    assert "“Sofa” can't be deleted while offers show it." in page_text(page)
    assert "june-1" in page_text(page)
    client.post(f"{GALLERY}{image.pk}/delete/", {"post": "yes"})
    assert Image.objects.filter(pk=image.pk).exists()
    assert default_storage.exists(image.file.name)


@pytest.mark.django_db(transaction=True)
def test_a_deleted_picture_takes_its_files_along():
    image, other = make_image(), make_image()
    client = signed_in(make_staff(*ALL))
    client.post(f"{GALLERY}{image.pk}/delete/", {"post": "yes"})
    assert list(Image.objects.all()) == [other]
    files = [image.file.name, image.thumbnail.name, other.file.name, other.thumbnail.name]
    assert [default_storage.exists(name) for name in files] == [False, False, True, True]


def test_the_picker_browses_by_title_page_by_page(client):
    for number in range(25):
        make_image(f"Sofa {number}")
    make_image("Bed")
    first = client.get(f"{GALLERY}browse/", {"q": "sofa"}).json()
    second = client.get(f"{GALLERY}browse/", {"q": "sofa", "page": first["next"]}).json()
    titles = [picture["title"] for picture in first["pictures"] + second["pictures"]]
    assert titles == [f"Sofa {number}" for number in reversed(range(25))]
    assert (len(first["pictures"]), second["next"]) == (24, None)
    assert [
        p["title"] for p in client.get(f"{GALLERY}browse/?page=x&q=bed").json()["pictures"]
    ] == ["Bed"]


def test_the_picker_uploads_and_gets_the_new_picture(client):
    answer = client.post(f"{GALLERY}upload/", {"pictures": upload("sofa.png")})
    image = Image.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {"picture": {"id": image.pk, "title": "sofa", "thumbnail": image.thumbnail.url}},
    )


def test_the_picker_is_told_what_is_wrong_with_a_file(client):
    answer = client.post(f"{GALLERY}upload/", {"pictures": io.BytesIO(b"no")})
    assert answer.status_code == 400
    assert "This is not a picture we can read." in answer.json()["error"]


@pytest.mark.django_db
def test_each_page_needs_its_permission():
    image = make_image()
    stranger = signed_in(make_staff("offers.change_privateoffer"))
    viewer = signed_in(make_staff("offers.view_image"))
    assert stranger.get(GALLERY).status_code == 403
    assert stranger.get(f"{GALLERY}browse/").status_code == 403
    assert viewer.post(f"{GALLERY}upload/", {"pictures": upload()}).status_code == 403
    assert viewer.get(f"{GALLERY}add/").status_code == 403
    assert viewer.post(f"{GALLERY}add/", {"pictures": upload()}).status_code == 403
    assert viewer.post(f"{GALLERY}{image.pk}/change/", {"title": "x"}).status_code == 403
    assert viewer.post(f"{GALLERY}{image.pk}/delete/", {"post": "yes"}).status_code == 403
    assert list(Image.objects.all()) == [image]
