"""The server's parameters, written anew at each start; `ALTER SYSTEM` still overrules them."""

import os
from pathlib import Path

GIGABYTE = 1 << 30

HOST_BASED_ACCESS = "local all all trust\n"  # only the owner can enter the socket's folder

STEADY = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "max_connections": "100",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "off",  # on: big inserts take eight times as long
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "lc_messages": "C",
    # Errors carry customers' data in their text and details. The program logs its own errors;
    # here are only the server's own affairs.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    "log_rotation_size": "10MB",
}

# Safe when processes are killed, not when the machine is. (synchronous_commit = off would be
# neither, and gains nothing beside fsync = off.)
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}


def configuration(*, socket_folder: Path, durable: bool) -> str:
    """The whole of postgresql.conf."""
    values = STEADY | _fitting_this_machine() | ({} if durable else NOT_DURABLE)
    values["unix_socket_directories"] = str(socket_folder)
    return "".join(f"{name} = '{value}'\n" for name, value in sorted(values.items()))


def _fitting_this_machine() -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = os.cpu_count() or 1
    values = {
        "shared_buffers": "256MB" if memory >= 4 * GIGABYTE else "128MB",
        "max_worker_processes": str(max(8, cores)),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(min(4, cores // 2)),
    }
    shared = Path("/dev/shm")  # noqa: S108
    if shared.exists() and os.statvfs(shared).f_blocks * os.statvfs(shared).f_frsize < GIGABYTE:
        # Containers often get 64 MB there, too little for parallel queries.
        values["dynamic_shared_memory_type"] = "sysv"
    return values
