"""The walls around the process that reads files: memory, time, and no door out.

Windows has no such walls; the parent's limit on the time a check may take is then the only one.
"""

import sys
import types

_FULL = 1 << 20  # bytes of file a library may write without being killed; nothing here writes files


def _resource() -> types.ModuleType | None:
    if sys.platform == "win32":
        return None
    import resource  # where it ought to be and is not, nothing is read

    return resource


def raise_walls(memory: int, seconds: int) -> None:
    """Bound this process for good: bytes of address space, seconds of processor, no core dumps."""
    resource = _resource()
    if resource is None:
        return
    for wall, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
    ):
        _set(resource, wall, value)


def shut_doors(*, threads: bool = False) -> None:
    """Let this process open nothing more: no file, no socket, no other process.

    With no descriptor to be had, `socket()` fails like `open()`. That holds without any privilege,
    which a network namespace does not, so it is what we rely on. Modules must be loaded before.
    Processes and threads are one thing to the system (and unlimited for root): a reader that cannot
    do without threads keeps both.
    """
    resource = _resource()
    if resource is None:
        return
    _set(resource, resource.RLIMIT_NOFILE, 0)
    _set(resource, resource.RLIMIT_FSIZE, _FULL)
    if not threads:
        _set(resource, resource.RLIMIT_NPROC, 0)


def _set(resource: types.ModuleType, wall: int, value: int) -> None:
    """Set a wall, or leave the lower one that is there already; raises OSError or ValueError."""
    _, highest = resource.getrlimit(wall)
    if highest != resource.RLIM_INFINITY:
        value = min(value, highest)
    try:
        resource.setrlimit(wall, (value, value))
    except (OSError, ValueError):
        if sys.platform != "darwin":  # macOS knows some walls by name only
            raise
