"""Which functions of the house write to the database, or ask for permission, read off the source alone."""

import ast
from collections.abc import Callable, Iterator

from tests.house.source import Source, calls

STATEMENTS = {"insert", "update", "delete", "upsert"}
SESSION_WRITES = {"add", "add_all", "delete", "merge"}


def module_name(source: Source) -> str:
    """Turn "services/people.py" into "services.people"."""
    return source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that a module offers."""
    return (node for node in source.tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def names_in(source: Source) -> dict[str, str]:
    """What a name in this module stands for, as far as imports and its own functions tell."""
    module = module_name(source)
    names = {function.name: f"{module}.{function.name}" for function in functions(source)}
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
    return names


def target(call: ast.Call, names: dict[str, str]) -> str:
    """The full name of what is called: "services.outbox.post", or as much as is known of it."""
    words: list[str] = []
    node = call.func
    while isinstance(node, ast.Attribute):
        words.insert(0, node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([names.get(node.id, node.id), *words])


def writes_itself(function: ast.AST) -> bool:
    """Whether a function builds a writing statement or hands rows to its session."""
    for call in calls(function):
        match call.func:
            case ast.Name(id=name) if name in STATEMENTS:
                return True
            case ast.Attribute(value=ast.Name(id="session"), attr=name) if name in SESSION_WRITES:
                return True
    return False


def asks_itself(function: ast.AST) -> bool:
    """Whether a function asks for a permission."""
    return any(target(call, {}) in {"actor.require", "actor.may"} for call in calls(function))


def reaching(files: list[Source], does: Callable[[ast.AST], bool]) -> frozenset[str]:
    """The full names of all functions that do something, themselves or through one another."""
    called: dict[str, set[str]] = {}
    found: set[str] = set()
    for source in files:
        names = names_in(source)
        for function in functions(source):
            name = f"{module_name(source)}.{function.name}"
            called[name] = {target(call, names) for call in calls(function)}
            if does(function):
                found.add(name)
    while more := {name for name, others in called.items() if name not in found and others & found}:
        found |= more
    return frozenset(found)


def writers(files: list[Source]) -> frozenset[str]:
    """The full names of all functions that write."""
    return reaching(files, writes_itself)
