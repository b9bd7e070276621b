"""The walls around the process that reads files: memory, time, and no door out.

Where the platform has no `resource` module (Windows) there are no walls here; the parent's limit on
the time a check may take is then the only one.
"""

import contextlib
import types

_FULL = 1 << 20  # bytes of file a library may write without being killed; nothing here writes files


def _resource() -> types.ModuleType | None:
    try:
        import resource
    except ImportError:
        return None
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


def shut_doors() -> None:
    """Let this process open nothing more: no file, no socket, no other process.

    With no descriptor to be had, `socket()` fails like `open()`. That holds without any privilege,
    which a network namespace does not, so it is what we rely on. Modules must be loaded before.
    """
    resource = _resource()
    if resource is None:
        return
    for wall in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):
        _set(resource, wall, 0)
    _set(resource, resource.RLIMIT_FSIZE, _FULL)


def _set(resource: types.ModuleType, wall: int, value: int) -> None:
    # macOS knows some walls by name only; a lower one may be there already.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(wall, (value, value))
