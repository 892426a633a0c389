"""A recipe to and from the plain mapping that stands in `recipe.yaml`.

What is empty or a default is left out, so that a file holds decisions and nothing else. Mappings that come in were
checked by `validate`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from agentgen.profile.mappings import (
    approval_out,
    approvals_in,
    field_in,
    plain,
    present,
    prose_in,
    prose_out,
    reason,
    text_in,
    text_out,
    truth,
)
from agentgen.profile.model import FORMAT_VERSION
from agentgen.profile.recipe import (
    ConflictDecision,
    ItemAction,
    ItemDecision,
    KeyDecision,
    KeyMode,
    Recipe,
    TopicDecision,
    VariantEntry,
)

_SEEN_SECTION = re.compile(r"(?P<section>.+)@(?P<digest>[0-9a-f]{8})")
_PLAIN_ACTIONS = frozenset({ItemAction.DROP, ItemAction.KEEP})
_LIST_MODES = frozenset({KeyMode.UNION, KeyMode.INTERSECT})


def recipe_to_mapping(recipe: Recipe) -> dict[str, Any]:
    """What `recipe.yaml` holds."""
    return {
        "agentgen": FORMAT_VERSION,
        "variants": [
            {"id": entry.id, "path": entry.path, **present(tool=entry.tool, digest=entry.digest)}
            for entry in recipe.variants
        ],
        **present(
            precedence=list(recipe.precedence),
            strategy="" if recipe.strategy == "union" else recipe.strategy,
            keys={decision.key: _key_out(decision) for decision in recipe.keys},
            topics=[_topic_out(topic) for topic in recipe.topics],
            conflicts=[_conflict_out(conflict) for conflict in recipe.conflicts],
            approvals=[approval_out(approval) for approval in recipe.approvals],
            prose=prose_out(recipe.prose),
        ),
    }


def recipe_from_mapping(data: Mapping[str, Any]) -> Recipe:
    """The inverse. A variant that `precedence` does not name comes behind those that it does, in the order listed."""
    variants = tuple(
        VariantEntry(entry["id"], entry["path"], entry.get("digest") or "", entry.get("tool"))
        for entry in data["variants"]
    )
    named = tuple(data.get("precedence") or ())
    return Recipe(
        variants=variants,
        precedence=(*named, *(entry.id for entry in variants if entry.id not in named)),
        keys=tuple(_key_in(key, entry) for key, entry in data.get("keys", {}).items()),
        topics=tuple(_topic_in(entry) for entry in data.get("topics", ())),
        conflicts=tuple(_conflict_in(entry) for entry in data.get("conflicts", ())),
        approvals=approvals_in(data),
        prose=prose_in(data),
        strategy=data.get("strategy") or "union",
    )


def _key_out(decision: KeyDecision) -> dict[str, Any]:
    said: object = decision.variants[0] if decision.variants else None
    if decision.mode in _LIST_MODES:
        said = list(decision.variants)
    elif decision.mode is KeyMode.VALUE:
        said = plain(decision.value)
    elif decision.mode is KeyMode.DROP:
        said = True
    rest = present(subtract=list(decision.subtract), open=decision.open, reason=decision.reason)
    return {decision.mode.value: said, **rest, **present(seen=dict(decision.seen))}


def _key_in(key: str, data: Mapping[str, Any]) -> KeyDecision:
    mode = next(mode for mode in KeyMode if mode.value in data)
    said = data[mode.value]
    return KeyDecision(
        key=key,
        mode=mode,
        variants=tuple(said) if mode in _LIST_MODES else (said,) if mode is KeyMode.TAKE else (),
        value=field_in(key, said) if mode is KeyMode.VALUE else None,
        subtract=tuple(data.get("subtract", ())),
        open=truth(data.get("open")),
        reason=reason(data),
        seen=data.get("seen", {}),
    )


def _topic_out(topic: TopicDecision) -> dict[str, Any]:
    rows = {
        variant: f"{section}@{topic.seen[variant]}" if variant in topic.seen else section
        for variant, section in topic.sections.items()
    }
    decided: dict[str, Any] = {"take": list(topic.take)}
    if topic.drop or topic.mine is not None:
        decided = present(drop=topic.drop, take=list(topic.take))
    mine = {} if topic.mine is None else {"mine": text_out(topic.mine)}
    return {
        "id": topic.id,
        **present(title=topic.title, parent=topic.parent, order=topic.order, sections=rows),
        **decided,
        **mine,
        **present(agree=topic.agree, targets=list(topic.targets), items=[_item_out(item) for item in topic.items]),
        **present(reason=topic.reason),
    }


def _topic_in(data: Mapping[str, Any]) -> TopicDecision:
    rows = {variant: _SEEN_SECTION.fullmatch(text) or text for variant, text in data.get("sections", {}).items()}
    mine, order = data.get("mine"), data.get("order")
    return TopicDecision(
        id=data["id"],
        sections={variant: row if isinstance(row, str) else row["section"] for variant, row in rows.items()},
        take=tuple(data.get("take", ())),
        drop=truth(data.get("drop")),
        agree=int(data.get("agree") or 0),
        mine=None if mine is None else text_in(mine),
        title=data.get("title"),
        order=int(order) if order else None,
        parent=data.get("parent"),
        targets=tuple(data.get("targets", ())),
        items=tuple(_item_in(entry) for entry in data.get("items", ())),
        reason=reason(data),
        seen={variant: row["digest"] for variant, row in rows.items() if not isinstance(row, str)},
    )


def _item_out(item: ItemDecision) -> dict[str, Any]:
    said: object = True if item.action in _PLAIN_ACTIONS else item.value
    return {"statement": item.statement, item.action.value: said, **present(reason=item.reason)}


def _item_in(data: Mapping[str, Any]) -> ItemDecision:
    action = next(action for action in ItemAction if action.value in data)
    value = "" if action in _PLAIN_ACTIONS else str(data[action.value])
    return ItemDecision(data["statement"], action, value, reason(data))


def _conflict_out(conflict: ConflictDecision) -> dict[str, Any]:
    return {
        "id": conflict.id,
        **present(subject=conflict.subject, pick=conflict.pick, text=conflict.text, keep_both=conflict.keep_both),
        **present(open=conflict.open, reason=conflict.reason, seen=dict(conflict.seen)),
    }


def _conflict_in(data: Mapping[str, Any]) -> ConflictDecision:
    return ConflictDecision(
        id=data["id"],
        subject=data.get("subject") or "",
        pick=data.get("pick"),
        text=data.get("text"),
        keep_both=truth(data.get("keep_both")),
        open=truth(data.get("open")),
        reason=reason(data),
        seen=data.get("seen", {}),
    )
