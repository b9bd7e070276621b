"""Makes the lock files from pyproject.toml: hashed, for every platform, free of addresses."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"
UNREACHABLE = ("error sending request", "dns error", "Failed to fetch", "Connect", "timed out")


class IndexUnreachableError(Exception):
    """The package index cannot be asked; the text is the resolver's own."""


def compile_locks(folder: Path, *words: str) -> None:
    """Resolve both locks in a folder that holds pyproject.toml, keeping what its locks pin if it still fits.

    Raises IndexUnreachableError without a network, RuntimeError with the resolver's words if nothing fits.
    """
    compile_lock(folder, RUNTIME, "pyproject.toml", *words)
    compile_lock(folder, DEVELOPMENT, "--group", "dev", "--constraints", RUNTIME, *words)


def compile_lock(folder: Path, name: str, *words: str) -> None:
    """Resolve one lock."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--output-file", name),
        *("--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--no-emit-index-url", "--no-emit-find-links"),
        *("--custom-compile-command", "python3 run.py lock"),
        *words,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode and any(sign in done.stderr for sign in UNREACHABLE):
        raise IndexUnreachableError(done.stderr)
    if done.returncode:
        raise RuntimeError(done.stderr)


def outdated() -> list[str]:
    """Name the locks that would change if they were made now; raises as compile_locks does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in ("pyproject.toml", RUNTIME, DEVELOPMENT):
            shutil.copy(ROOT / source, folder)
        compile_locks(folder)
        return [
            lock
            for lock in (RUNTIME, DEVELOPMENT)
            if (folder / lock).read_bytes() != (ROOT / lock).read_bytes()
        ]


if __name__ == "__main__":
    compile_locks(ROOT, *sys.argv[1:])
