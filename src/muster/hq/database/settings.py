"""Settings of a server of our own, written anew at each start: a newer Muster brings its own."""

from pathlib import Path
from typing import Final

SETTINGS: Final = {
    # Reached through one socket, by passwords.
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # Nothing that a nation wrote comes into the log: errors quote values, details quote rows. The application is told.
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] ",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
    # Two processors and a disk without moving parts, shared with the application. Many short statements: compiling
    # them, or having a second process help, takes longer than running them.
    "max_connections": "100",
    # A table of which a quarter would not fit is read past the buffers, each time anew.
    "shared_buffers": "512MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    # A commit that was answered is on the disk.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
}


def settings_text(socket_folder: Path) -> str:
    """The settings as a file of PostgreSQL; the folder of the socket has no quote and no comma in its path."""
    lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()]
    return "\n".join(["# Written by Muster at each start.", *lines, f"unix_socket_directories = '{socket_folder}'", ""])
