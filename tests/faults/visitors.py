"""Many who ask a site at once without end, and keep what each was answered."""

import http.client
import itertools
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

PATIENCE = 30  # seconds that a visitor waits for an answer, also of a machine that is busy
HUNG = "no answer"


@dataclass(frozen=True)
class Ask:
    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True)
class Answer:
    way: str
    number: int
    began: float  # monotonic clock
    status: int | str
    retry_after: str | None = None


Way = Callable[[int], Ask]
"""What to ask for the n-th time, so that each can write something of its own."""


@dataclass
class Visitors:
    """`with Visitors(port, ways) as visitors:` they ask, each way in turn, in several threads."""

    port: int
    ways: Mapping[str, Way]
    threads: int = 6
    answers: list[Answer] = field(default_factory=list)

    def __enter__(self) -> "Visitors":
        self.numbers = itertools.count()
        self.leaving = threading.Event()
        self.running = [threading.Thread(target=self._come) for _ in range(self.threads)]
        for thread in self.running:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.leave()

    def leave(self) -> None:
        """They ask no more, and have all been answered."""
        self.leaving.set()
        for thread in self.running:
            thread.join()

    def since(self, moment: float) -> list[Answer]:
        """To what was asked after that moment."""
        return [answer for answer in self.answers if answer.began > moment]

    def confirmed(self, way: str) -> set[int]:
        """The numbers of what was created."""
        return {each.number for each in self.answers if (each.way, each.status) == (way, 201)}

    def _come(self) -> None:
        names = list(self.ways)
        while not self.leaving.is_set():
            number = next(self.numbers)
            self.answers.append(self.ask(names[number % len(names)], number))

    def ask(self, way: str, number: int) -> Answer:
        """Whoever calls it asks for the n-th time."""
        ask, began = self.ways[way](number), time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(ask.method, ask.path, ask.body, dict(ask.headers))
            response = connection.getresponse()
            response.read()
            retry_after = response.headers["Retry-After"]
            return Answer(way, number, began, response.status, retry_after)
        except (OSError, http.client.HTTPException):
            return Answer(way, number, began, HUNG)
        finally:
            connection.close()
