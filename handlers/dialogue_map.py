"""The dialogues drawn as a graph, read from their source: what `map` prints."""

import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.dialogue import AnyStep, Dialogue

#: In place of a dialogue: whichever the person picks from the menu. In place of a step: whichever the
#: choice names, of those at the same kind of place.
ANY = "*"


@dataclass(frozen=True, slots=True)
class Way:
    """From a step to another step, or to a dialogue opened upon this one."""

    dialogue: str
    step: str
    to: str
    opens: bool


def ways(dialogues: Sequence[Dialogue]) -> list[Way]:
    """Every way from one screen to another, in the order of the dialogues."""
    found: list[Way] = []
    for dialogue in dialogues:
        names = {type(step).__name__: step.name for step in dialogue.steps}
        for step in dialogue.steps:
            targets = _targets(type(step).__module__, type(step).__name__)
            for to, opens in sorted(targets):
                reached = [names.get(to, to)]
                if to == ANY:
                    reached = _labelled(dialogues) if opens else _alike(dialogue, step)
                found += [Way(dialogue.name, step.name, one, opens) for one in reached]
    return list(dict.fromkeys(found))


def mermaid(dialogues: Sequence[Dialogue]) -> str:
    """The graph as a Mermaid flowchart: solid lines within a dialogue, dotted ones into another."""
    lines = ["flowchart LR"]
    for dialogue in dialogues:
        lines.append(f"  subgraph {dialogue.name}")
        lines += [f"    {dialogue.name}_{step.name}[{step.name}]" for step in dialogue.steps]
        lines.append("  end")
    for way in ways(dialogues):
        arrow = "-.->" if way.opens else "-->"
        to = way.to if way.opens else f"{way.dialogue}_{way.to}"
        lines.append(f"  {way.dialogue}_{way.step} {arrow} {to}")
    return "\n".join(lines)


def _labelled(dialogues: Sequence[Dialogue]) -> list[str]:
    return [one.name for one in dialogues if one.label]


def _alike(dialogue: Dialogue, step: AnyStep) -> list[str]:
    """The other steps of a dialogue that a place of this one is enough for."""
    known = set(step.place_type.model_fields)
    return [
        one.name
        for one in dialogue.steps
        if one is not step
        and issubclass(one.place_type, step.place_type)
        and {name for name, field in one.place_type.model_fields.items() if field.is_required()} <= known
    ]


def _targets(module: str, step: str) -> set[tuple[str, bool]]:
    """What a step leads to: by itself, and by the functions of its module that it calls."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    bodies = {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    constants = _constants(tree)
    seen: set[str] = set()
    found: set[tuple[str, bool]] = set()
    waiting = [step]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in bodies:
            continue
        seen.add(name)
        for call in _calls(bodies[name]):
            targets = set(_target(call, constants))
            found |= targets
            if (
                not targets
                and isinstance(call.func, ast.Name)
                and not isinstance(bodies.get(call.func.id), ast.ClassDef)
            ):
                waiting.append(call.func.id)
    return found


def _calls(body: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(body) if isinstance(node, ast.Call))


def _target(call: ast.Call, constants: dict[str, str]) -> Iterator[tuple[str, bool]]:
    kind = call.func.id if isinstance(call.func, ast.Name) else ""
    if kind == "Home":
        yield "menu", True
    if kind not in {"Go", "Open"} or not call.args:
        return
    where = call.args[0]
    for one in (where.body, where.orelse) if isinstance(where, ast.IfExp) else (where,):
        match one:
            case ast.Name(id="key"):
                yield ANY, kind == "Open"
            case ast.Name(id=name):
                yield constants.get(name, name), kind == "Open"
            case ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                yield name, kind == "Open"
            case _:
                yield ANY, kind == "Open"


def _constants(tree: ast.Module) -> dict[str, str]:
    """Module-level names of strings, tuples of them unpacked included."""
    found: dict[str, str] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        target, value = node.targets[0], node.value
        pairs = (
            zip(target.elts, value.elts, strict=False)
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            else [(target, value)]
        )
        for name, told in pairs:
            if isinstance(name, ast.Name) and isinstance(told, ast.Constant) and isinstance(told.value, str):
                found[name.id] = told.value
    return found
