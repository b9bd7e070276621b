"""Everything that must hold before a change is handed in: a line per check, and the story of each failure."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.house import lock

TOOLS = Path(sys.executable).parent


def tool(*words: str) -> Callable[[], str | None]:
    """Make a check of a program: what it printed if it failed, nothing if it passed."""

    def run() -> str | None:
        done = subprocess.run(
            words,
            cwd=lock.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env=dict(os.environ, NO_COLOR="1"),
        )
        return done.stdout if done.returncode else None

    return run


def python(*words: str) -> Callable[[], str | None]:
    """Make a check of a module of this environment."""
    return tool(sys.executable, "-m", *words)


def locks_are_current() -> str | None:
    """Resolve the locks again and compare; without a network this counts as a failure in CI only."""
    try:
        names = lock.outdated()
    except lock.IndexUnreachableError as unreachable:
        said = f"The package index cannot be reached, so the locks were not compared.\n{unreachable}"
        if os.environ.get("CI") == "true":
            return said
        print(said)
        return None
    except RuntimeError as failure:
        return str(failure)
    return f"Out of date: {', '.join(names)}. Run: python3 run.py lock\n" if names else None


CHECKS: dict[str, Callable[[], str | None]] = {
    "format": python("ruff", "format", "--check", "."),
    "lint": python("ruff", "check", "."),
    "types": python("mypy"),
    "imports": tool(str(TOOLS / "lint-imports")),
    "dependencies": python("deptry", "--no-ansi", "."),
    "locks": locks_are_current,
    "house": python("pytest", "-q", "tests/house"),
}


def main() -> int:
    """Run every check, whatever the others say; the result is the number of failures."""
    failures = 0
    for name, check in CHECKS.items():
        began = time.monotonic()
        story = check()
        failures += story is not None
        verdict = "ok" if story is None else "FAILED"
        print(f"{name:<13} {verdict:<7} {time.monotonic() - began:6.1f} s", flush=True)
        if story is not None:
            print(story, flush=True)
    print(f"{len(CHECKS) - failures} of {len(CHECKS)} checks passed")
    return failures


if __name__ == "__main__":
    sys.exit(main())
