"""Pictures are served to whoever knows their unguessable names, and nothing else is (T18)."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import make_image, make_user


@pytest.mark.django_db
def test_a_picture_is_served_to_be_kept_for_good(client):
    image = make_image()
    response = client.get(image.file.url)
    with default_storage.open(image.file.name) as file:
        assert b"".join(response.streaming_content) == file.read()
    assert {name: response[name] for name in ("Content-Type", "Cache-Control")} == {
        "Content-Type": "image/webp",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_who_asks_for_a_picture_is_not_looked_up(client, django_assert_num_queries):
    image = make_image()
    client.force_login(make_user())
    with django_assert_num_queries(0):
        response = client.get(image.thumbnail.url)
        response.close()
    assert "Vary" not in response.headers


@pytest.mark.django_db
def test_a_picture_can_only_be_read(client):
    assert client.post(make_image().file.url).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "secret.txt",
        "gallery/",
        "gallery/secret.txt",
        "gallery/0123456789abcdef0123456789abcdef.webp",
        "products/secret.txt",
        "products/0123456789abcdef0123456789abcdef.webp",
        "gallery/../secret.txt",
        "gallery/%2e%2e/secret.txt",
        "gallery/..%2fsecret.txt",
        "../secret.txt",
        "gallery/0123456789abcdef0123456789abcdef.webp/../../secret.txt",
    ],
)
def test_nothing_but_pictures_is_served(client, name):
    for path in ("secret.txt", "gallery/secret.txt", "products/secret.txt"):
        default_storage.save(path, ContentFile(b"secret"))
    response = client.get(f"/media/{name}")
    assert response.status_code == 404
    assert b"secret" not in response.content.replace(name.encode(), b"")
