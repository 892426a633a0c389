"""What a template may say: a small part of Jinja2, so that no template can reach out, run on, or grow without limit.

Whatever is not listed here is refused before anything runs: calls, macros, other files, arithmetic. What remains
reads values and repeats. Every value that is read and every step of a loop is charged by its size to a `Budget`, so
the work a template can do is bounded on any system, without a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

BUDGET = "the budget"
"""Where a rendering's `Budget` stands among its values: no template can write a name with a blank."""

WORK = 64 * 1024 * 1024
"""Characters that one rendering may read, each value counted as often as it is read."""

OUTPUT = 16 * 1024 * 1024
"""Characters that one rendering may give: as many as are read of a file."""

LONGEST = 16 * 1024
"""Characters of a template."""

_STEP, _FILTERED = 64, 1024
_SMALL = range(101)
_WEIGHED, _MADE, _STEPPED = "weighed value", "weighed result", "counted steps"
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign),
    *(nodes.Name, nodes.NSRef, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Filter, nodes.Test),
    *(nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Concat),
    *(nodes.List, nodes.Tuple, nodes.Pair, nodes.Keyword),
)
_WORDS = {
    nodes.Call: "a call",
    nodes.CallBlock: "a call",
    nodes.Macro: "a macro",
    nodes.Include: "another file (include)",
    nodes.Extends: "another file (extends)",
    nodes.Import: "another file (import)",
    nodes.FromImport: "another file (import)",
    nodes.Slice: "a slice",
    nodes.Dict: "a mapping",
    nodes.Block: "a block",
}
TESTS = ("defined", "undefined", "none", "string", "mapping", "sequence", "number", "boolean", "true", "false", "in")
"""The tests that a template has."""

LOOP = ("first", "last", "index", "index0", "length")
"""What a template may ask of its `loop`."""

OWN_FILTERS = ("upper", "lower", "capitalize", "trim", "first", "last", "length", "default", "items")
"""The filters of Jinja2 that a template has: what they give is no larger than what they are given."""


class Budget:
    """How much one rendering may still do."""

    def __init__(self) -> None:
        self._left = WORK
        self._output = OUTPUT

    def read(self, value: object, step: int = _STEP) -> None:
        """Charge a value. Raises SecurityError where the work is used up."""
        self._left -= step + _weight(value)
        if self._left < 0:
            raise SecurityError(f"this template reads more than {WORK} characters")

    def write(self, text: str) -> None:
        """Charge a piece of the output. Raises SecurityError where it is too long."""
        self._output -= len(text)
        if self._output < 0:
            raise SecurityError(f"this template gives more than {OUTPUT} characters")


def _weight(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(_weight(key) + _weight(item) for key, item in value.items())
    return sum(map(_weight, value)) if isinstance(value, (list, tuple)) else 1


@pass_context
def _weighed(context: Context, value: object) -> object:
    context[BUDGET].read(value)
    return value


@pass_context
def _made(context: Context, value: object) -> object:
    context[BUDGET].read(value, _FILTERED)
    return value


@pass_context
def _stepped(context: Context, values: Iterable[object]) -> Iterator[object]:
    for value in values:
        context[BUDGET].read(value)
        yield value


CHARGING: Mapping[str, Any] = {_WEIGHED: _weighed, _MADE: _made, _STEPPED: _stepped}
"""The filters that `guarded` puts in; no template can write their names."""


def guarded(tree: nodes.Template, filters: Iterable[str]) -> nodes.Template:
    """The template with everything that it reads charged to the budget.

    Raises:
        TemplateSyntaxError: it uses what a template may not use, with the line.
    """
    known = frozenset(filters)
    for node in tree.find_all(nodes.Node):
        _check(node, known)
    return _Charging().visit(tree)  # type: ignore[no-any-return]


def _check(node: nodes.Node, filters: frozenset[str]) -> None:
    if not isinstance(node, _ALLOWED):
        what = _WORDS.get(type(node), f"`{type(node).__name__.lower()}`")
        raise TemplateSyntaxError(f"a template may not use {what}", node.lineno)
    if isinstance(node, nodes.Filter):
        _check_filter(node, filters)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise TemplateSyntaxError(f"there is no test {node.name!r}", node.lineno)
    if isinstance(node, (nodes.List, nodes.Tuple)) and not _is_flat(node):
        raise TemplateSyntaxError("a list in a template may hold plain words and numbers only", node.lineno)
    if isinstance(node, nodes.For) and node.recursive:
        raise TemplateSyntaxError("a template may not use a recursive loop", node.lineno)
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise TemplateSyntaxError(f"a template may not use {node.attr!r}", node.lineno)


def _check_filter(node: nodes.Filter, filters: frozenset[str]) -> None:
    if node.name not in filters or node.node is None:
        raise TemplateSyntaxError(f"there is no filter {node.name!r}", node.lineno)
    small = all(isinstance(each, nodes.Const) and each.value in _SMALL for each in node.args)
    given = bool(node.args or node.kwargs)
    if node.dyn_args or node.dyn_kwargs or (given and node.name != "default" and not (small and not node.kwargs)):
        what = f"the filter {node.name!r} takes no more than a number up to {_SMALL[-1]}"
        raise TemplateSyntaxError(what, node.lineno)


def _is_flat(node: nodes.List | nodes.Tuple) -> bool:
    """Lists of lists of lists would grow twofold with every line; names stand in the `key, value` of a loop."""
    stored = isinstance(node, nodes.Tuple) and node.ctx == "store"
    return all(isinstance(item, nodes.Name if stored else nodes.Const) for item in node.items)


class _Charging(NodeTransformer):
    """Wraps whatever is read in the filters that charge it."""

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        return _wrapped(node, _WEIGHED) if node.ctx == "load" else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        return _wrapped(self.generic_visit(node), _WEIGHED)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        return _wrapped(self.generic_visit(node), _WEIGHED)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        return _wrapped(self.generic_visit(node), _MADE)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = _wrapped(node.iter, _STEPPED)
        return node


def _wrapped(node: nodes.Node, name: str) -> nodes.Filter:
    assert isinstance(node, nodes.Expr)
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
