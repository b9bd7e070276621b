"""What a template may say: fields, parts that are left out, and lists; nothing that computes.

A template comes from outside. Without calls, arithmetic and long loops, what it costs to fill is bounded by
the facts it is filled with.
"""

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

_PLAIN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
)
_DEEPEST = 3
"""Lists within lists: nominees, the heads of their criteria, the criteria."""


class PlainFields(ImmutableSandboxedEnvironment):
    """A sandbox that reads nothing but fields, conditions and lists."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _ensure_plain(tree, 0)
        return tree


def _ensure_plain(node: nodes.Node, depth: int) -> None:
    if not isinstance(node, _PLAIN):
        raise SecurityError(type(node).__name__)
    if isinstance(node, nodes.For):
        depth += 1
        if depth > _DEEPEST or node.recursive or not isinstance(node.iter, nodes.Name | nodes.Getattr):
            raise SecurityError(type(node).__name__)
    for child in node.iter_child_nodes():
        _ensure_plain(child, depth)
