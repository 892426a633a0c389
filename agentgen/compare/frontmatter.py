"""How the variants' frontmatter differs, key by key.

Values are compared as they are meant: lists of words (tools, skills) are sets, so that their order is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agentgen.compare.model import KeyDifference, KeyStatus, Variant
from agentgen.document.model import Field

_LONG = 60
"""Texts of more characters than this are described by their length instead of quoted."""


def compare_frontmatter(variants: Sequence[Variant]) -> tuple[KeyDifference, ...]:
    """Every key that any variant has, in the order in which the variants (by id) bring them up."""
    ordered = sorted(variants, key=lambda variant: variant.id)
    keys = dict.fromkeys(key for variant in ordered for key in values_of(variant))
    return tuple(_compare_key(key, ordered) for key in keys)


def values_of(variant: Variant) -> dict[str, object]:
    """All keys of a variant with their canonical values; keys that only one tool has come last."""
    return {**variant.fields, **{key: value for key, value in variant.extensions.items() if key not in variant.fields}}


def lines_of(variant: Variant) -> dict[str, int]:
    """The line of the file on which each of the variant's keys stands.

    A canonical key may be spelled otherwise in the file: it is then the entry that no other key claims and that holds
    the value or shares a word with the key. A key that was derived from somewhere else gets the block's first line.
    """
    entries = {entry.key: entry for entry in variant.document.frontmatter.fields}
    values = values_of(variant)
    free = [entry for key, entry in entries.items() if key not in values]
    return {key: entries[key].line if key in entries else _nearest(key, value, free) for key, value in values.items()}


def comparable(value: object) -> object:
    """A value in which the order of a list of words is no difference: such lists become frozen sets."""
    if isinstance(value, list | tuple):
        if all(isinstance(entry, str) for entry in value):
            return frozenset(value)
        return [comparable(entry) for entry in value]
    if isinstance(value, Mapping):
        return {str(key): comparable(entry) for key, entry in sorted(value.items(), key=lambda pair: str(pair[0]))}
    return value


def shown(value: object) -> str:
    """A value for people: a list with commas, a long text by its length."""
    if isinstance(value, list | tuple | set | frozenset):
        entries = [shown(entry) for entry in value]
        return ", ".join(sorted(entries) if isinstance(value, set | frozenset) else entries) or "(empty list)"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {shown(entry)}" for key, entry in value.items()) + "}"
    if value is None:
        return "(empty)"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= _LONG else f"a text of {len(text)} characters"


def _nearest(key: str, value: object, free: Sequence[Field]) -> int:
    wanted = comparable(value)
    for entry in free:
        if _words(entry.key) & _words(key) or comparable(entry.value) == wanted:
            return entry.line
    return 1


def _words(key: str) -> set[str]:
    """`reasoning_effort`, `reasoning-effort` and `reasoningEffort` have the same words."""
    spaced = "".join(f" {char}" if char.isupper() else char for char in key)
    return set(spaced.lower().replace("-", " ").replace("_", " ").split())


def _compare_key(key: str, variants: Sequence[Variant]) -> KeyDifference:
    values = {variant.id: values_of(variant)[key] for variant in variants if key in values_of(variant)}
    first, *others = (comparable(value) for value in values.values())
    if any(type(other) is not type(first) or other != first for other in others):
        status = KeyStatus.DIFFERENT
    else:
        status = KeyStatus.SAME if len(values) == len(variants) else KeyStatus.PARTIAL
    lines = {variant.id: lines_of(variant)[key] for variant in variants if variant.id in values}
    changes = () if status is KeyStatus.SAME else tuple(_changes(values, variants))
    return KeyDifference(key, status, values, lines, changes)


def _changes(values: Mapping[str, object], variants: Sequence[Variant]) -> Iterator[str]:
    """One line a variant that differs from the first one that has the key."""
    base, *others = values.items()
    for name, value in others:
        words = "; ".join(_difference(comparable(base[1]), comparable(value)))
        if words:
            yield f"{name}: {words} (against {base[0]})"
    for variant in variants:
        if variant.id not in values:
            yield f"{variant.id}: has no such key"


def _difference(old: object, new: object) -> Iterator[str]:
    """What is different between two values, in words."""
    if isinstance(old, frozenset) and isinstance(new, frozenset):
        yield from _described("set_item_added", [("", None, entry) for entry in new - old])
        yield from _described("set_item_removed", [("", entry, None) for entry in old - new])
    elif any(isinstance(old, kind) and isinstance(new, kind) for kind in (dict, list)):
        yield from _difference_within(old, new)
    elif type(old) is not type(new) or old != new:
        yield from _described("values_changed", [("", old, new)])


def _difference_within(old: object, new: object) -> Iterator[str]:
    """What deepdiff finds between two nested values; it takes longer to load than the files to compare."""
    from deepdiff import DeepDiff

    tree = DeepDiff(old, new, view="tree", verbose_level=2)
    for kind in sorted(tree):
        levels = sorted(tree[kind], key=lambda level: str(level.path()))
        yield from _described(kind, [_change(level) for level in levels])


def _change(level: object) -> tuple[str, object, object]:
    """Where in the value, the old and the new entry of one node of deepdiff's tree."""
    steps = level.path(output_format="list")  # type: ignore[attr-defined]
    return ".".join(map(str, steps)), level.t1, level.t2  # type: ignore[attr-defined]


def _described(kind: str, changes: Sequence[tuple[str, object, object]]) -> Iterator[str]:
    if kind.startswith("set_item"):
        if not changes:
            return
        added = kind == "set_item_added"
        entries = sorted(shown(new if added else old) for _, old, new in changes)
        yield f"{'adds' if added else 'lacks'} {', '.join(entries)}"
        return
    for where, old, new in changes:
        at = f"{where}: " if where else ""
        if kind.endswith("_added"):
            yield f"{at}adds {shown(new)}"
        elif kind.endswith("_removed"):
            yield f"{at}lacks {shown(old)}"
        elif isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > _LONG:
            yield f"{at}another text, {len(new)} characters instead of {len(old)}"
        else:
            yield f"{at}{shown(new)} instead of {shown(old)}"
