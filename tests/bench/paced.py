"""Requests at a pace, from a process of its own, whether or not the last was answered.

    python -m tests.bench.paced PORT A_SECOND CONNECTIONS < requests

Each request is due at its moment; what it waits for a free connection counts as the answer's
time, so that a server that falls behind can't hide it. Prints JSON: the latencies' median and 95th
percentile in seconds, and the answers that were not 200 or 201.
"""

import json
import queue
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.loader import Connection

ROOT = Path(__file__).resolve().parents[2]
GOOD = (b"200", b"201")


@dataclass(frozen=True)
class Paced:
    median: float
    p95: float
    failures: list[str]


def paced(port: int, requests: list[str], a_second: float, *, connections: int) -> Paced:
    """All the requests once, in their order."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(port), str(a_second), str(connections)],
        input=json.dumps(requests),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return Paced(**json.loads(done.stdout))


def main() -> None:
    port, a_second, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    requests = [text.encode() for text in json.load(sys.stdin)]
    due: queue.SimpleQueue[tuple[float, bytes] | None] = queue.SimpleQueue()
    taken: list[float] = []
    failures: list[str] = []

    def work() -> None:
        connection = Connection(port)
        while (job := due.get()) is not None:
            moment, request = job
            status = connection.ask(request)
            taken.append(time.perf_counter() - moment)
            if status not in GOOD:
                failures.append(status.decode())

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    begin = time.perf_counter()
    for place, request in enumerate(requests):
        moment = begin + place / a_second
        time.sleep(max(0.0, moment - time.perf_counter()))
        due.put((moment, request))
    for _ in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    latencies = sorted(taken)
    answer = {
        "median": statistics.median(latencies),
        "p95": latencies[len(latencies) * 95 // 100],
        "failures": failures[:10],
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
