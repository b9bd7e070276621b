"""Rules 4, 5, 6, 10, 13: what may be done in one place only is done nowhere else."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.house.source import ROOMS, Finding, Source, assert_kept, called_name, lines_found, sources


@dataclass(frozen=True)
class Place:
    """Calls that belong to some files, and why."""

    calls: re.Pattern[str]
    files: tuple[str, ...]
    why: str


PLACES = (
    Place(
        re.compile(r"(session|engine|connection)\.begin|begin_nested|commit|rollback"),
        ("db/transaction.py", "db/schema.py", "db/migrations/"),
        "transactions begin and end in db/transaction.py (the schema is made before there are any)",
    ),
    Place(
        re.compile(r"deliver"),
        ("bot/courier.py",),
        "only the courier sends; post to the outbox",
    ),
    Place(
        re.compile(r"fetch"),
        (
            "bot/keeper.py",
            "scheduler/errands.py",
            "scheduler/award_errands.py",
            "scheduler/dossier_errands.py",
        ),
        "files are fetched for errands, outside any transaction",
    ),
    Place(
        re.compile(r"to_thread(\.run_sync)?|run_in_executor"),
        (
            "scheduler/errands.py",
            "scheduler/appraisal_errands.py",
            "scheduler/award_errands.py",
            "scheduler/dossier_errands.py",
            "scheduler/council.py",
            "scheduler/round_archives.py",
            *("bot/filestore.py", "bot/inspection/", "bot/emulators/", "bot/backup.py"),
        ),
        "slow work is an errand, outside any transaction",
    ),
    Place(
        re.compile(r"TaskGroup|create_task_group"),
        ("bot/app.py", "bot/courier.py", "bot/intake.py", "scheduler/errands.py"),
        "bot/app.py starts every loop, and only its loops work on several things at once",
    ),
)
DESK = "handlers/desk.py"
ALEMBIC_SCRIPT = "db/migrations/env.py"  # Alembic runs it by importing it
# What reads the world, or makes something that lives, the moment it is called.
LIVELY = frozenset(
    {
        *("async_sessionmaker", "connect", "create_async_engine", "create_engine", "sessionmaker"),
        *("basicConfig", "configure", "dictConfig"),
        *("getenv", "is_file", "iterdir", "mkdir", "open", "read_bytes", "read_text"),
        *("Settings", "run"),
    }
)


def in_its_place(source: Source) -> Iterator[Finding]:
    """Calls stand in the files that PLACES names."""
    places = [place for place in PLACES if not source.within(*place.files)]
    for call in source.calls:
        called = ast.unparse(call.func)
        for place in places:
            if re.search(rf"(^|[._])({place.calls.pattern})$", called):
                yield Finding(source.path, call.lineno, f"{called}: {place.why}")


def refusals_reach_the_desk(source: Source) -> Iterator[Finding]:
    """Rule 10: an expected no is answered at the desk, so nobody on the way there catches it."""
    if source.path == DESK or "Refusal" not in source.text:
        return
    for node in source.nodes:
        caught: ast.AST | None = None
        if isinstance(node, ast.ExceptHandler):
            caught = node.type
        elif isinstance(node, ast.Call) and called_name(node) == "suppress":
            caught = ast.Tuple(node.args)
        if caught is not None and any(
            "Refusal" in (getattr(part, "id", ""), getattr(part, "attr", "")) for part in ast.walk(caught)
        ):
            yield Finding(source.path, getattr(node, "lineno", 0), f"a Refusal is caught in {DESK} alone")


def run_at_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """What is evaluated when a module is imported: everything but the insides of functions."""
    for statement in body:
        if isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test):
            continue
        waiting: list[ast.AST] = [statement]
        while waiting:
            node = waiting.pop()
            yield node
            inner = list(ast.iter_child_nodes(node))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                skipped = node.body if isinstance(node.body, list) else [node.body]
                inner = [child for child in inner if child not in skipped]
            waiting.extend(inner)


def quiet_at_import(source: Source) -> Iterator[Finding]:
    """Rule 13: importing a module reads nothing, opens nothing and starts nothing."""
    if source.path == ALEMBIC_SCRIPT:
        return
    for node in run_at_import(source.tree.body):
        if isinstance(node, ast.Call) and called_name(node) in LIVELY:
            yield Finding(source.path, node.lineno, f"{called_name(node)} at import")
        elif isinstance(node, ast.Attribute) and node.attr == "environ":
            yield Finding(source.path, node.lineno, "the environment is read at import")


@pytest.mark.parametrize("rule", [in_its_place, refusals_reach_the_desk, quiet_at_import])
def test_everything_in_its_place(rule: object) -> None:
    assert callable(rule)
    assert_kept(rule, sources(*ROOMS))


@pytest.mark.parametrize(
    ("called", "place"),
    [
        ("session.begin()", "db/transaction.py"),
        ("self._session.begin_nested()", "db/transaction.py"),
        ("turn.session.commit()", "db/transaction.py"),
        ("connection.rollback()", "db/schema.py"),
        ("channel.deliver(parcel)", "bot/courier.py"),
        ("channel.fetch(file)", "scheduler/errands.py"),
        ("asyncio.to_thread(work)", "bot/inspection/images.py"),
        ("to_thread.run_sync(work)", "bot/filestore.py"),
        ("asyncio.TaskGroup()", "bot/app.py"),
        ("create_task_group()", "bot/app.py"),
    ],
)
def test_a_call_out_of_place_is_found(called: str, place: str) -> None:
    planted = f"async def act(session):\n    await {called}\n"
    assert lines_found(in_its_place, planted) == [2]
    assert lines_found(in_its_place, planted, place) == []


def test_other_beginnings_are_free() -> None:
    assert lines_found(in_its_place, "match.begin(); fetched(); delivery(); x.fetch_all()") == []


@pytest.mark.parametrize(
    "caught",
    [
        "    try:\n        act()\n    except Refusal:\n        pass\n",
        "    try:\n        act()\n    except (ValueError, refusals.Refusal) as refusal:\n        pass\n",
        "    pass; \\\n    1\n    with suppress(Refusal):\n        act()\n",
    ],
)
def test_a_caught_refusal_is_found(caught: str) -> None:
    planted = "def handle():\n" + caught
    assert lines_found(refusals_reach_the_desk, planted) == [4]
    assert lines_found(refusals_reach_the_desk, planted, DESK) == []


@pytest.mark.parametrize(
    "planted",
    [
        "engine = create_async_engine('sqlite://')",
        "class Desk:\n    settings = Settings()",
        "TOKEN = os.environ['TOKEN']",
        "def act(text=open('greeting.txt').read()):\n    pass",
    ],
)
def test_life_at_import_is_found(planted: str) -> None:
    assert len(lines_found(quiet_at_import, planted)) == 1
    inside = "def later():\n" + "".join(f"    {line}\n" for line in planted.splitlines())
    assert lines_found(quiet_at_import, inside) == []
