"""The demo's pictures, drawn by several processes at once: that is most of the demo's time."""

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from offers.demo.scenes import Size, draw
from promotions.pictures import Prepared, prepare

# By what stands behind the scene's name in the title of the gallery's picture.
SIZES: dict[str, Size] = {"": (1200, 800), ", square": (720, 720)}

Scene = tuple[str, dict[str, Prepared]]


def draw_all(scenes: Iterable[str], sizes: dict[str, Size], *, processes: int) -> Iterator[Scene]:
    """Each scene in all sizes, in the order asked for; with one process, in this one."""
    tasks = [(scene, sizes) for scene in scenes]
    if processes == 1:
        yield from map(_draw, tasks)
        return
    # Not forked: this process has threads and a connection that must not be shared.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, signal.signal, (signal.SIGINT, signal.SIG_IGN))
    try:
        yield from pool.map(_draw, tasks)
    finally:
        pool.shutdown(cancel_futures=True)


def _draw(task: tuple[str, dict[str, Size]]) -> Scene:
    scene, sizes = task
    return scene, {title: prepare(draw(scene, size)) for title, size in sizes.items()}
