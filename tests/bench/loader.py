"""Requests as fast as a server answers them, from a process of its own.

    python -m tests.bench.loader PORT SECONDS CONNECTIONS < requests

The requests come as JSON: a list of texts, each a whole HTTP request. Each connection sends them
in turn, from a place of its own, one after another. Prints JSON: answers a second, the latencies'
median and 95th percentile in seconds, and the answers that were not 200.
"""

import json
import socket
import statistics
import sys
import threading
import time


def main() -> None:
    port, seconds, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    requests = [text.encode() for text in json.load(sys.stdin)]
    taken: list[list[float]] = [[] for _ in range(connections)]
    failures: list[str] = []
    begin = time.perf_counter()

    def ask(number: int) -> None:
        place = number * len(requests) // connections
        connection = Connection(port)
        while time.perf_counter() < begin + seconds:
            started = time.perf_counter()
            status = connection.ask(requests[place % len(requests)])
            taken[number].append(time.perf_counter() - started)
            if status != b"200":
                failures.append(status.decode())
            place += 1

    threads = [threading.Thread(target=ask, args=[n]) for n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begin
    latencies = sorted(each for several in taken for each in several)
    answer = {
        "a_second": len(latencies) / elapsed,
        "median": statistics.median(latencies),
        "p95": latencies[len(latencies) * 95 // 100],
        "failures": failures[:10],
    }
    print(json.dumps(answer))


class Connection:
    """Kept open; opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.file = self.socket.makefile("rb")

    def ask(self, request: bytes) -> bytes:
        """The status of the answer, which has a length."""
        self.socket.sendall(request)
        first = self.file.readline()
        if not first:
            self.open()
            return self.ask(request)
        length, is_kept = 0, True
        while (line := self.file.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"connection":
                is_kept = value.strip().lower() != b"close"
        self.file.read(length)
        if not is_kept:
            self.open()
        return first.split(b" ")[1]


if __name__ == "__main__":
    main()
