"""What a load cost the processors, and how much of the machine others had meanwhile.

A clock says little on a machine whose processors are lent to others while it runs.
"""

from dataclasses import dataclass
from typing import Self

import psutil


@dataclass(frozen=True)
class Processor:
    """Seconds up to now: of this process's descendants, of the machine, and of these the stolen."""

    spent: float
    machine: float
    stolen: float

    @classmethod
    def now(cls) -> Self:
        spent = 0.0
        for each in psutil.Process().children(recursive=True):
            times = each.cpu_times()
            spent += times.user + times.system
        machine = psutil.cpu_times()
        # Only of a virtual machine on Linux it is known what the host gave to others.
        return cls(spent, sum(machine), getattr(machine, "steal", 0.0))

    def since(self, before: "Processor") -> tuple[float, float]:
        """Seconds that the descendants took; the share of the machine that others had."""
        stolen = self.stolen - before.stolen
        return self.spent - before.spent, stolen / max(self.machine - before.machine, 0.01)
