"""Profile, recipe and lock to and from the plain mappings that stand in their YAML files.

What is empty or a default is left out, so that a file holds decisions and nothing else. Mappings that come in were
checked by `validate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agentgen.profile.lock import HandConflict, Lock, Origin, Stale, parse_origin
from agentgen.profile.model import CANONICAL_FIELDS, FORMAT_VERSION, Approval, Layout, Profile, ProfileSection
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

_A_LINE = 12
LIST_FIELDS = frozenset({"tools", "disallowed_tools", "skills"})
_SEEN_SECTION = re.compile(r"(?P<section>.+)@(?P<digest>[0-9a-f]{8})")
_PLAIN_ACTIONS = frozenset({ItemAction.DROP, ItemAction.KEEP})
_LIST_MODES = frozenset({KeyMode.UNION, KeyMode.INTERSECT})


def profile_to_mapping(profile: Profile) -> dict[str, Any]:
    """What `profile.yaml` holds."""
    fields = {key: _plain(profile.fields[key]) for key in CANONICAL_FIELDS if profile.fields.get(key) is not None}
    return {
        "agentgen": FORMAT_VERSION,
        **fields,
        **_present(
            role=_text_out(profile.role),
            role_layout=_layout_out(profile.role_layout),
            sections=[_section_out(section) for section in profile.sections],
            extensions={tool: _plain(values) for tool, values in profile.extensions.items() if values},
            approvals=[_approval_out(approval) for approval in profile.approvals],
        ),
    }


def profile_from_mapping(data: Mapping[str, Any]) -> Profile:
    """The inverse."""
    return Profile(
        fields={key: _field_in(key, data[key]) for key in CANONICAL_FIELDS if data.get(key) is not None},
        role=_text_in(data.get("role")),
        role_layout=_layout_in(data.get("role_layout")),
        sections=tuple(_section_in(entry) for entry in data.get("sections", ())),
        extensions=data.get("extensions", {}),
        approvals=_approvals_in(data),
    )


def recipe_to_mapping(recipe: Recipe) -> dict[str, Any]:
    """What `recipe.yaml` holds."""
    return {
        "agentgen": FORMAT_VERSION,
        "variants": [
            {"id": entry.id, "path": entry.path, **_present(tool=entry.tool, digest=entry.digest)}
            for entry in recipe.variants
        ],
        **_present(
            precedence=list(recipe.precedence),
            strategy="" if recipe.strategy == "union" else recipe.strategy,
            keys={decision.key: _key_out(decision) for decision in recipe.keys},
            topics=[_topic_out(topic) for topic in recipe.topics],
            conflicts=[_conflict_out(conflict) for conflict in recipe.conflicts],
            approvals=[_approval_out(approval) for approval in recipe.approvals],
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
        approvals=_approvals_in(data),
        strategy=data.get("strategy") or "union",
    )


def lock_to_mapping(lock: Lock) -> dict[str, Any]:
    """What `profile.lock.yaml` holds."""
    return {
        "agentgen": FORMAT_VERSION,
        "profile": lock.profile,
        "recipe": lock.recipe,
        **_present(
            variants=dict(lock.variants),
            fields={key: str(origin) for key, origin in lock.fields.items()},
            headings={key: str(origin) for key, origin in lock.headings.items()},
            origins={key: [str(origin) for origin in runs] for key, runs in lock.origins.items()},
            hands=[_hand_out(hand) for hand in lock.hands],
            stale=[_stale_out(stale) for stale in lock.stale],
            statements={name: _in_lines(digests) for name, digests in lock.statements.items()},
            base=lock.base,
        ),
    }


def lock_from_mapping(data: Mapping[str, Any]) -> Lock:
    """The inverse; an origin that nobody can read counts as none."""
    return Lock(
        variants=data.get("variants", {}),
        recipe=data["recipe"],
        profile=data["profile"],
        origins={key: tuple(_origins_in(runs)) for key, runs in data.get("origins", {}).items()},
        headings={key: origin for key, text in data.get("headings", {}).items() for origin in _origins_in([text])},
        fields={key: origin for key, text in data.get("fields", {}).items() for origin in _origins_in([text])},
        stale=tuple(map(_stale_in, data.get("stale", ()))),
        statements={name: tuple(text.split()) for name, text in data.get("statements", {}).items()},
        base=data.get("base") or "",
        hands=tuple(
            HandConflict(hand["place"], hand.get("base"), hand.get("mine"), hand.get("theirs"))
            for hand in data.get("hands", ())
        ),
    )


def _stale_out(stale: Stale) -> dict[str, Any]:
    return {
        "decision": stale.decision,
        "variant": stale.variant,
        **_present(gone=list(stale.gone), new=list(stale.new)),
    }


def _stale_in(data: Mapping[str, Any]) -> Stale:
    return Stale(data["decision"], data["variant"], tuple(data.get("gone", ())), tuple(data.get("new", ())))


def _in_lines(words: Sequence[str]) -> str:
    """Words with line ends, so that a change of one is a change of one line."""
    return "".join(" ".join(words[start : start + _A_LINE]) + "\n" for start in range(0, len(words), _A_LINE))


def _hand_out(hand: HandConflict) -> dict[str, Any]:
    sides = {"base": hand.base, "mine": hand.mine, "theirs": hand.theirs}
    return {"place": hand.place, **{side: text for side, text in sides.items() if text is not None}}


def _origins_in(texts: Iterable[str]) -> Iterable[Origin]:
    return (origin for origin in map(parse_origin, texts) if origin is not None)


def _section_out(section: ProfileSection) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        **_present(
            **{"from": list(section.origins)},
            targets=list(section.targets),
            layout=_layout_out(section.layout),
            body=_text_out(section.body),
            sections=[_section_out(child) for child in section.sections],
        ),
    }


def _section_in(data: Mapping[str, Any]) -> ProfileSection:
    return ProfileSection(
        id=data["id"],
        title=data.get("title") or "",
        body=_text_in(data.get("body")),
        sections=tuple(_section_in(entry) for entry in data.get("sections", ())),
        origins=tuple(data.get("from", ())),
        targets=tuple(data.get("targets", ())),
        layout=_layout_in(data.get("layout")),
    )


def _layout_out(layout: Layout) -> dict[str, Any]:
    values = {"heading": layout.heading, "level": layout.level, "below": layout.below, "after": layout.after}
    return {key: value for key, value in values.items() if value is not None}


def _layout_in(data: Mapping[str, Any] | None) -> Layout:
    values = data or {}
    level = values.get("level")
    return Layout(values.get("heading"), int(level) if level else None, values.get("below"), values.get("after"))


def _approval_out(approval: Approval) -> dict[str, Any]:
    required = {"target": approval.target, "field": approval.field, "kind": approval.kind}
    return {**required, **_present(values=list(approval.values), reason=approval.reason)}


def _approvals_in(data: Mapping[str, Any]) -> tuple[Approval, ...]:
    return tuple(
        Approval(entry["target"], entry["field"], entry["kind"], tuple(entry.get("values", ())), _reason(entry))
        for entry in data.get("approvals", ())
    )


def _key_out(decision: KeyDecision) -> dict[str, Any]:
    said: object = decision.variants[0] if decision.variants else None
    if decision.mode in _LIST_MODES:
        said = list(decision.variants)
    elif decision.mode is KeyMode.VALUE:
        said = _plain(decision.value)
    elif decision.mode is KeyMode.DROP:
        said = True
    rest = _present(subtract=list(decision.subtract), open=decision.open, reason=decision.reason)
    return {decision.mode.value: said, **rest, **_present(seen=dict(decision.seen))}


def _key_in(key: str, data: Mapping[str, Any]) -> KeyDecision:
    mode = next(mode for mode in KeyMode if mode.value in data)
    said = data[mode.value]
    return KeyDecision(
        key=key,
        mode=mode,
        variants=tuple(said) if mode in _LIST_MODES else (said,) if mode is KeyMode.TAKE else (),
        value=_field_in(key, said) if mode is KeyMode.VALUE else None,
        subtract=tuple(data.get("subtract", ())),
        open=_truth(data.get("open")),
        reason=_reason(data),
        seen=data.get("seen", {}),
    )


def _topic_out(topic: TopicDecision) -> dict[str, Any]:
    rows = {
        variant: f"{section}@{topic.seen[variant]}" if variant in topic.seen else section
        for variant, section in topic.sections.items()
    }
    decided: dict[str, Any] = {"take": list(topic.take)}
    if topic.drop or topic.mine is not None:
        decided = _present(drop=topic.drop, take=list(topic.take))
    mine = {} if topic.mine is None else {"mine": _text_out(topic.mine)}
    return {
        "id": topic.id,
        **_present(title=topic.title, parent=topic.parent, order=topic.order, sections=rows),
        **decided,
        **mine,
        **_present(agree=topic.agree, targets=list(topic.targets), items=[_item_out(item) for item in topic.items]),
        **_present(reason=topic.reason),
    }


def _topic_in(data: Mapping[str, Any]) -> TopicDecision:
    rows = {variant: _SEEN_SECTION.fullmatch(text) or text for variant, text in data.get("sections", {}).items()}
    mine, order = data.get("mine"), data.get("order")
    return TopicDecision(
        id=data["id"],
        sections={variant: row if isinstance(row, str) else row["section"] for variant, row in rows.items()},
        take=tuple(data.get("take", ())),
        drop=_truth(data.get("drop")),
        agree=int(data.get("agree") or 0),
        mine=None if mine is None else _text_in(mine),
        title=data.get("title"),
        order=int(order) if order else None,
        parent=data.get("parent"),
        targets=tuple(data.get("targets", ())),
        items=tuple(_item_in(entry) for entry in data.get("items", ())),
        reason=_reason(data),
        seen={variant: row["digest"] for variant, row in rows.items() if not isinstance(row, str)},
    )


def _item_out(item: ItemDecision) -> dict[str, Any]:
    said: object = True if item.action in _PLAIN_ACTIONS else item.value
    return {"statement": item.statement, item.action.value: said, **_present(reason=item.reason)}


def _item_in(data: Mapping[str, Any]) -> ItemDecision:
    action = next(action for action in ItemAction if action.value in data)
    value = "" if action in _PLAIN_ACTIONS else str(data[action.value])
    return ItemDecision(data["statement"], action, value, _reason(data))


def _conflict_out(conflict: ConflictDecision) -> dict[str, Any]:
    return {
        "id": conflict.id,
        **_present(subject=conflict.subject, pick=conflict.pick, text=conflict.text, keep_both=conflict.keep_both),
        **_present(open=conflict.open, reason=conflict.reason, seen=dict(conflict.seen)),
    }


def _conflict_in(data: Mapping[str, Any]) -> ConflictDecision:
    return ConflictDecision(
        id=data["id"],
        subject=data.get("subject") or "",
        pick=data.get("pick"),
        text=data.get("text"),
        keep_both=_truth(data.get("keep_both")),
        open=_truth(data.get("open")),
        reason=_reason(data),
        seen=data.get("seen", {}),
    )


def _present(**values: Any) -> dict[str, Any]:
    """The values that say something."""
    return {key: value for key, value in values.items() if value not in (None, "", False, [], {})}


def _text_out(text: str) -> str:
    """Bodies are written with a line end, so that they become literal blocks."""
    return text + "\n" if text else ""


def _text_in(text: str | None) -> str:
    return (text or "").removesuffix("\n")


def _field_in(key: str, value: Any) -> Any:
    return tuple(value) if key in LIST_FIELDS and isinstance(value, list) else value


def _plain(value: object) -> Any:
    """Only dicts, lists and scalars."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [_plain(item) for item in items]
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)


def _reason(data: Mapping[str, Any]) -> str:
    return data.get("reason") or ""


def _truth(value: object) -> bool:
    """Validated text or boolean as a boolean."""
    return str(value).lower() == "true"
