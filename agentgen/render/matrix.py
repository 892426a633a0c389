"""What each target can hold, as a Markdown page made from the target files."""

from __future__ import annotations

from collections.abc import Iterator

from agentgen.profile.model import CANONICAL_FIELDS
from agentgen.render.spec import FieldSpec, Limit, Patterns, Target, ToolStyle, UnknownKeys
from agentgen.render.targets import Targets

_INTRODUCTION = """\
<!-- Made by `python -m agentgen.render.schemas docs/targets.md` from `templates/*/target.yaml`. Do not edit. -->

# Targets

What becomes of each field of a profile, tool by tool. `agentgen targets NAME` says more about one of them, and the
ledger of a rendering says what happened to each value. How to add a tool: [adding-a-target.md](adding-a-target.md).

| sign | meaning |
|---|---|
| = | kept: under this or another key, with the same meaning |
| ~ | approximated: some values, or part of the meaning, cannot be said |
| – | dropped: the tool has no place for it |

Confidence: A is the vendor's own code or schema, B its documentation, C a third party (experimental).
"""
_UNKNOWN_KEYS = {
    UnknownKeys.IGNORED: "ignored",
    UnknownKeys.PASSED_ON: "sent to the model provider",
    UnknownKeys.REJECTED: "reject the file",
    UnknownKeys.UNKNOWN: "not known",
}


def matrix_markdown(targets: Targets) -> str:
    """The page: an overview, the matrix of fields, the matrix of tools, and where the facts come from."""
    all_targets = list(targets)
    parts = [
        _INTRODUCTION,
        "## Files\n",
        _table(["target", "tool", "file", "unknown keys", "confidence"], map(_file_row, all_targets)),
        "## Fields\n",
        _table(["target", *CANONICAL_FIELDS], map(_field_row, all_targets)),
        "## Tool lists\n",
        _table(["target", "written as", "patterns", "one MCP tool", "without a list"], map(_list_row, all_targets)),
        "## Tool names\n",
        _table(["canonical", *(target.name for target in _naming(all_targets))], _name_rows(targets)),
        "## Where this is known from\n",
        *(_sources(target) for target in all_targets),
    ]
    return "\n".join(parts) + "\n"


def _table(head: list[str], rows: Iterator[list[str]] | map[list[str]]) -> str:
    lines = [_row(head), _row(["---"] * len(head)), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _file_row(target: Target) -> list[str]:
    shared = ", shared" if target.shared else ""
    confidence = target.confidence + (" (experimental)" if target.experimental else "")
    return [
        _code(target.name),
        target.title,
        _code(target.path) + shared,
        _UNKNOWN_KEYS[target.unknown_keys],
        confidence,
    ]


def _field_row(target: Target) -> list[str]:
    return [_code(target.name), *(_sign(name, target.fields[name], target) for name in CANONICAL_FIELDS)]


def _sign(name: str, spec: FieldSpec, target: Target) -> str:
    if spec.key is None:
        return "–" if spec.reason else "="
    lossy = spec.approximate or not spec.open or spec.inert or spec.needs or spec.fixed or spec.last_segment
    grouped = name in ("tools", "disallowed_tools") and not _one_to_one(target)
    models = name == "model" and target.models.approximate
    hint = name == "tools" and not target.tools.restricts
    return "~" if lossy or grouped or models or hint or spec.server_keys else "="


def _one_to_one(target: Target) -> bool:
    own = list(target.tools.names.values())
    return all(own.count(value) == 1 for value in own)


def _list_row(target: Target) -> list[str]:
    tools = target.tools
    style = {ToolStyle.NAMES: "names", ToolStyle.PERMISSIONS: "permissions", ToolStyle.NONE: "cannot be limited"}
    hint = "" if tools.restricts else ", a hint only"
    patterns = {Patterns.DROPPED: "lost", Patterns.WRITTEN: "written, not enforced", Patterns.ENFORCED: "enforced"}
    limits = ", ".join(f"{_code(limit.key)} {_takes(limit)}" for limit in target.limits)
    return [
        _code(target.name),
        style[tools.style] + hint,
        "–" if tools.style is ToolStyle.NONE else patterns[tools.patterns],
        _code(tools.mcp.tool) if tools.mcp.tool else f"all or none, {_code(tools.mcp.all)}" if tools.mcp.all else "–",
        limits or "every tool",
    ]


def _takes(limit: Limit) -> str:
    words = ", ".join(limit.denies)
    return f"takes away {words}" if limit.holds else f"should take away {words}, and does not hold"


def _naming(targets: list[Target]) -> list[Target]:
    """The targets that have names of their own for tools."""
    return [target for target in targets if any(name != own for name, own in target.tools.names.items())]


def _name_rows(targets: Targets) -> Iterator[list[str]]:
    for name in targets.vocabulary.tools:
        yield [_code(name), *(_own(name, target) for target in _naming(list(targets)))]


def _own(name: str, target: Target) -> str:
    own = target.tools.names.get(name)
    if own is None:
        nearest = target.tools.approximate.get(name)
        return f"({_code(nearest)})" if nearest else "–"
    return ", ".join(map(_code, (own,) if isinstance(own, str) else own))


def _sources(target: Target) -> str:
    cited = "; ".join(f"{source.ref} ({source.date})" if source.date else source.ref for source in target.sources)
    return f"- {_code(target.name)}, checked {target.date} against {target.version}: {cited}"


def _code(text: str) -> str:
    return f"`{text}`"
