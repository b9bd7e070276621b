"""Rules 7 and 9: every act asks for its permission first, and what only shows does not write."""

import ast
from collections.abc import Iterator

from tests.house.source import Finding, Rule, Source, assert_kept, calls, lines_found, sources
from tests.house.writers import asks_itself, functions, module_name, names_in, reaching, target, writers

# The machinery of the house: nobody asks for it, and what a person asks for goes through an act first.
MACHINERY = (
    "services/conversations.py",
    "services/errands.py",
    "services/inbox.py",
    "services/journal.py",
    "services/outbox.py",
    "services/sheets.py",
)


def system_acts(actor_module: Source) -> frozenset[str]:
    """The acts that services/actor.py names as the system's own."""
    for node in actor_module.tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id="SYSTEM_ACTS")], value=ast.Call(args=[listed]))
                | ast.AnnAssign(target=ast.Name(id="SYSTEM_ACTS"), value=ast.Call(args=[listed]))
            ):
                return frozenset(ast.literal_eval(listed))
    return frozenset()


def is_require(statement: ast.stmt) -> bool:
    """Whether a statement is "actor.require(…)"."""
    match statement:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Name(id="actor"), attr="require"))
            | ast.Await(value=ast.Call(func=ast.Attribute(value=ast.Name(id="actor"), attr="require")))
        ):
            return True
    return False


def first_statement(function: ast.AsyncFunctionDef) -> ast.stmt:
    """The first statement after the docstring."""
    has_docstring = ast.get_docstring(function, clean=False) is not None and len(function.body) > 1
    return function.body[1 if has_docstring else 0]


def permission_comes_first(files: list[Source], system: frozenset[str]) -> Rule:
    """Rule 9. What writes for a person asks first; what reads for a person asks before it is done.

    What writes without a person is named as the system's own. A reader's permission often depends on what is
    read, so it may be asked for further down, in a function that the reader calls.
    """
    writing, asking = writers(files), reaching(files, asks_itself)

    def rule(source: Source) -> Iterator[Finding]:
        if source.within(*MACHINERY):
            return
        for function in functions(source):
            if function.name.startswith("_") or not isinstance(function, ast.AsyncFunctionDef):
                continue
            name = f"{module_name(source)}.{function.name}"
            arguments = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
            what = ""
            if "actor" not in arguments and name in writing and name not in system:
                what = "writes: it takes an actor, or services/actor.py lists it in SYSTEM_ACTS"
            elif "actor" in arguments and name in writing and not is_require(first_statement(function)):
                what = "writes, so actor.require(…) is its first statement"
            elif "actor" in arguments and name not in asking:
                what = "reads for an actor without asking what the actor may see"
            if what:
                yield Finding(source.path, function.lineno, f"{function.name} {what}")

    return rule


def show_only_reads(writing: frozenset[str]) -> Rule:
    """Rule 7: a step's show may be called at any time, so it calls nothing that writes."""

    def rule(source: Source) -> Iterator[Finding]:
        names = names_in(source)
        for node in source.nodes:
            if isinstance(node, ast.AsyncFunctionDef) and node.name == "show":
                for call in calls(node):
                    if target(call, names) in writing:
                        yield Finding(
                            source.path, call.lineno, f"show calls {target(call, names)}, which writes"
                        )

    return rule


def test_permission_comes_first() -> None:
    files = sources("services")
    actor_module = next((file for file in files if file.path == "services/actor.py"), Source("", ""))
    rule = permission_comes_first([*files, *sources("db/queries")], system_acts(actor_module))
    assert_kept(rule, files)


def test_every_act_of_the_system_exists() -> None:
    files = sources("services")
    known = {f"{module_name(file)}.{function.name}" for file in files for function in functions(file)}
    listed = [act for file in files if file.path == "services/actor.py" for act in system_acts(file)]
    assert [act for act in sorted(listed) if act not in known] == []


def test_show_only_reads() -> None:
    assert_kept(show_only_reads(writers([*sources("services"), *sources("db/queries")])), sources("handlers"))


QUERIES = """
async def keep(session, level):
    await session.exec(insert(Answer).values(level=level))
async def read(session):
    return await session.exec(select(Answer))
"""
SERVICES = '''
from db.queries import planted as queries

async def record(session, actor, level):
    """Keep the level."""
    actor.require(Permission.ASSESS_SELF)
    await queries.keep(session, level)

async def careless(session, actor, level):
    level = level.strip()
    actor.require(Permission.ASSESS_SELF)
    await queries.keep(session, level)

async def nobody(session, level):
    await _really(session, level)

async def _really(session, level):
    await queries.keep(session, level)

async def look(session):
    return await queries.read(session)

async def card(session, actor):
    await _own(session, actor)
    return await queries.read(session)

async def peek(session, actor):
    return await queries.read(session)

async def _own(session, actor):
    actor.require(Permission.ASSESS_SELF, await queries.read(session))
'''
HANDLERS = """
from services import planted
class Ask(Step):
    async def show(self, turn, place):
        await planted.look(turn.session)
        await planted.nobody(turn.session, 1)
    async def chose(self, turn, place, key):
        await planted.nobody(turn.session, 1)
"""
PLANTED = [Source("db/queries/planted.py", QUERIES), Source("services/planted.py", SERVICES)]


def test_writers_are_found() -> None:
    assert sorted(writers(PLANTED)) == [
        "db.queries.planted.keep",
        "services.planted._really",
        "services.planted.careless",
        "services.planted.nobody",
        "services.planted.record",
    ]


def test_an_act_without_permission_is_found() -> None:
    lines = {text: number for number, text in enumerate(SERVICES.splitlines(), start=1)}
    careless = lines["async def careless(session, actor, level):"]
    nobody = lines["async def nobody(session, level):"]
    peek = lines["async def peek(session, actor):"]
    assert lines_found(permission_comes_first(PLANTED, frozenset()), SERVICES) == [careless, nobody, peek]
    named = frozenset({"services.planted.nobody"})
    assert lines_found(permission_comes_first(PLANTED, named), SERVICES) == [careless, peek]


def test_system_acts_are_read() -> None:
    planted = 'SYSTEM_ACTS = frozenset({"services.people.accept"})'
    assert system_acts(Source("services/actor.py", planted)) == {"services.people.accept"}
    typed = 'SYSTEM_ACTS: Final = frozenset({"services.people.accept"})'
    assert system_acts(Source("services/actor.py", typed)) == {"services.people.accept"}


def test_a_writing_show_is_found() -> None:
    assert lines_found(show_only_reads(writers(PLANTED)), HANDLERS) == [6]
