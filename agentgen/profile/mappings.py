"""What the three files have in common on their way to plain mappings and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agentgen.profile.model import Approval, Prose

LIST_FIELDS = frozenset({"tools", "disallowed_tools", "skills"})


def present(**values: Any) -> dict[str, Any]:
    """The values that say something."""
    return {key: value for key, value in values.items() if value not in (None, "", False, [], {})}


def text_out(text: str) -> str:
    """Bodies are written with a line end, so that they become literal blocks."""
    return text + "\n" if text else ""


def text_in(text: str | None) -> str:
    return (text or "").removesuffix("\n")


def plain(value: object) -> Any:
    """Only dicts, lists and scalars."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [plain(item) for item in items]
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)


def reason(data: Mapping[str, Any]) -> str:
    return data.get("reason") or ""


def truth(value: object) -> bool:
    """Validated text or boolean as a boolean."""
    return str(value).lower() == "true"


def field_in(key: str, value: Any) -> Any:
    return tuple(value) if key in LIST_FIELDS and isinstance(value, list) else value


def approval_out(approval: Approval) -> dict[str, Any]:
    required = {"target": approval.target, "field": approval.field, "kind": approval.kind}
    return {**required, **present(values=list(approval.values), reason=approval.reason)}


def approvals_in(data: Mapping[str, Any]) -> tuple[Approval, ...]:
    return tuple(
        Approval(entry["target"], entry["field"], entry["kind"], tuple(entry.get("values", ())), reason(entry))
        for entry in data.get("approvals", ())
    )


def prose_out(prose: Prose) -> dict[str, Any]:
    return {} if prose == Prose() else {"tool_names": prose.tool_names}


def prose_in(data: Mapping[str, Any]) -> Prose:
    return Prose(**data.get("prose") or {})
