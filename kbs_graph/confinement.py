"""What a process that works for strangers gives up: memory beyond a limit, writing files, the network, programs.

Linux only: resource limits (setrlimit(2)) and a filter on system calls (seccomp(2)). It imports as little as it can.
"""

import ctypes
import platform
import resource
import struct
from pathlib import Path

_MACHINES = {
    "x86_64": (0xC000003E, 317, (41, 42, 49, 53, 57, 58, 59, 101, 322, 425)),
    "aarch64": (0xC00000B7, 277, (117, 198, 199, 200, 203, 221, 281, 425)),
}
"""By machine: its number to seccomp, the number of seccomp(2) itself, and the refused system calls: socket, connect,
bind, socketpair, fork, vfork, execve, ptrace, execveat, io_uring_setup."""


def limit(megabytes: int) -> None:
    """Allow this process so many MiB more than it has now, and no file to be written, not even its own core."""
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + (megabytes << 20),) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_network_and_programs() -> None:
    """Refuse new sockets and programs, to every thread (see seccomp(2)); OSError where the kernel has none."""
    architecture, seccomp, refused = _MACHINES[platform.machine()]
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    kill, deny, allow = 0x80000000, 0x00050001, 0x7FFF0000
    other_abi = 0x40000000  # the x32 numbers of x86_64, a second name for every call
    lines = [(load, 0, 0, 4), (equal, 1, 0, architecture), (give, 0, 0, kill), (load, 0, 0, 0)]
    lines += [(at_least, len(refused) + 1, 0, other_abi)]
    lines += [(equal, len(refused) - place, 0, number) for place, number in enumerate(refused)]
    lines += [(give, 0, 0, allow), (give, 0, 0, deny)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(lines), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_filter, all_threads = 38, 1, 1
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.syscall(seccomp, set_filter, all_threads, header):
        raise OSError(ctypes.get_errno(), "seccomp is refused")
