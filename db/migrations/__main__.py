"""Writes revisions, for developers: `python -m db.migrations new "What it does"`.

`python -m db.migrations initial` writes the first one anew from the models; that is for the time
before the first release alone, since no database may stand on it yet.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from db.migrations import revisions
from db.migrations.running import HERE, migrate

USAGE = 'python -m db.migrations new "What it does"  |  python -m db.migrations initial'

_TRIGGERS = """
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER no_{verb.lower()}_of_journal BEFORE {verb} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )


def downgrade() -> None:"""


def new(message: str) -> Path:
    """A revision that leads from the newest one to the models as they stand; to be read and tested."""
    path = _draft(f"{len(revisions()) + 1:04}", message)
    _keep(path, path.read_text("utf-8"))
    return path


def initial() -> Path:
    """The first revision again, from the models as they stand, with the triggers Alembic cannot see."""
    if len(revisions()) > 1:
        raise SystemExit("There are later revisions: the first one is history now.")
    for path in (HERE / "versions").glob("0001_*.py"):
        path.unlink()
    path = _draft("0001", "Begin")
    drafted = path.read_text("utf-8").replace("\n\ndef downgrade() -> None:", _TRIGGERS)
    _keep(path, drafted.replace("-> None:\n", "-> None:  # noqa: PLR0915 - the whole schema at once\n"))
    return path


def _draft(number: str, message: str) -> Path:
    def draft(config: Config) -> None:
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        if revisions():
            command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=number)

    with tempfile.TemporaryDirectory() as folder:
        migrate(f"sqlite+aiosqlite:///{folder}/draft.db", draft)
    (path,) = (HERE / "versions").glob(f"{number}_*.py")
    return path


def _keep(path: Path, drafted: str) -> None:
    lines = drafted.splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "# ###" not in line), "utf-8")
    for step in (("check", "--quiet", "--select=I", "--fix"), ("format", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *step, str(path)], check=True)  # noqa: S603 - our own arguments


def main(arguments: list[str]) -> None:
    """Do what the command line asks."""
    match arguments:
        case ["new", message]:
            path = new(message)
        case ["initial"]:
            path = initial()
        case _:
            raise SystemExit(USAGE)
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
