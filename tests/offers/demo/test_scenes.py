"""The demo's pictures: real, exact in size, and the same on every machine run."""

import hashlib
import subprocess
import sys

import pytest
from PIL import Image

from offers.demo.scenes import SCENES, draw

SIZES = [(1200, 675), (1200, 630), (1242, 900), (640, 480), (320, 320), (300, 400), (900, 300)]
FINGERPRINT = """
import hashlib
from offers.demo.scenes import draw
print(hashlib.sha256(draw("pizza", (320, 320)).tobytes()).hexdigest())
"""


def fingerprint(picture: Image.Image) -> str:
    return hashlib.sha256(picture.tobytes()).hexdigest()


@pytest.fixture(scope="module")
def pictures() -> dict[str, Image.Image]:
    return {key: draw(key, (320, 320)) for key in SCENES}


@pytest.mark.parametrize("key", SCENES)
def test_a_scene_is_a_picture_and_not_a_grey_box(
    pictures: dict[str, Image.Image], key: str
) -> None:
    colours = pictures[key].getcolors(maxcolors=320 * 320)
    assert colours is not None
    assert len(colours) > 5_000
    assert max(count for count, _ in colours) < 320 * 320 / 5
    assert all(high - low > 100 for low, high in pictures[key].getextrema())


def test_no_two_scenes_are_the_same_picture(pictures: dict[str, Image.Image]) -> None:
    assert len({fingerprint(picture) for picture in pictures.values()}) == len(SCENES)


def test_a_scene_comes_in_the_exact_size_asked_for_wide_or_tall() -> None:
    assert [draw("coffee", size).size for size in SIZES] == SIZES


def test_a_scene_drawn_again_is_the_same_to_the_byte() -> None:
    first = fingerprint(draw("bicycle", (640, 480)))
    draw("coffee", (640, 480))  # takes the kept drawing's place
    assert fingerprint(draw("bicycle", (640, 480))) == first


def test_another_process_draws_the_same_bytes() -> None:
    there = subprocess.run(
        [sys.executable, "-c", FINGERPRINT], capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == fingerprint(draw("pizza", (320, 320)))
