"""Tool lists as permission maps: a key for each tool, an action or a map from pattern to action, the last match wins.

Read, Bash(git diff:*)    ->    "*": deny
                                read: allow
                                bash: {"*": deny, git diff: allow, "git diff *": allow}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agentgen.render.spec import ToolSpec
from agentgen.toolrefs import ToolRef

ANY = "*"
ALLOW = "allow"
ASK = "ask"
DENY = "deny"
_PREFIX = ":*"


def permission_map(allowed: Iterable[ToolRef] | None, denied: Iterable[ToolRef], spec: ToolSpec) -> dict[str, object]:
    """The map for lists of own names; `allowed` None means every tool."""
    rules: dict[str, object] = {} if allowed is None else {ANY: DENY}
    for ref in allowed or ():
        rules[ref.name] = _rule(ref, rules.get(ref.name), spec)
    for ref in denied:
        rules[ref.name] = DENY if ref.pattern is None else _exception(ref.pattern, rules.get(ref.name, rules.get(ANY)))
    return rules


def _exception(pattern: str, before: object) -> object:
    if before == DENY:
        return DENY
    rules = dict(before) if isinstance(before, Mapping) else {ANY: ALLOW}
    return {**rules, **dict.fromkeys(_command_patterns(pattern), DENY)}


def _rule(ref: ToolRef, before: object, spec: ToolSpec) -> object:
    if ref.pattern is None:
        expanded = spec.expand.get(ref.name)
        return dict(expanded) if expanded else ALLOW
    if before == ALLOW:
        return before
    rules = dict(before) if isinstance(before, Mapping) else {ANY: DENY}
    return {**rules, **dict.fromkeys(_command_patterns(ref.pattern), ALLOW)}


def _command_patterns(pattern: str) -> tuple[str, ...]:
    """`git diff:*` is the command alone, or with anything behind a blank."""
    prefix = pattern.removesuffix(_PREFIX)
    return (prefix, f"{prefix} *") if prefix != pattern else (pattern,)


def read_permissions(value: object, spec: ToolSpec) -> tuple[tuple[ToolRef, ...] | None, tuple[ToolRef, ...]]:
    """Own names allowed (None: all that are not denied) and denied. What asks first counts as allowed."""
    rules = {key: _action(rule) for key, rule in (value if isinstance(value, Mapping) else {ANY: value}).items()}
    general = rules.get(ANY, ALLOW)
    named = [(str(name), rule) for name, rule in rules.items() if name != ANY]
    denied = tuple(ref for name, rule in named for ref in _denied_refs(name, rule))
    if general == DENY:
        allowed = tuple(ref for name, rule in named for ref in _allowed_refs(name, rule, spec))
        return allowed, tuple(ref for ref in denied if ref.pattern is not None)
    return None, denied


def asks(value: object) -> bool:
    """Whether some rule asks before the tool runs, those for secrets aside that every reading tool has."""
    rules = value.values() if isinstance(value, Mapping) else (value,)
    return any(rule == ASK or (isinstance(rule, Mapping) and rule.get(ANY) == ASK) for rule in rules)


def _action(rule: object) -> object:
    """An action; older files write true and false."""
    if isinstance(rule, bool):
        return ALLOW if rule else DENY
    return rule


def _allowed_refs(name: str, rule: object, spec: ToolSpec) -> tuple[ToolRef, ...]:
    if not isinstance(rule, Mapping):
        return () if rule == DENY else (ToolRef(name),)
    if rule == spec.expand.get(name) or rule.get(ANY, ALLOW) != DENY:
        return (ToolRef(name),)
    return tuple(ToolRef(name, pattern) for pattern in _with_action(rule, denied=False))


def _denied_refs(name: str, rule: object) -> tuple[ToolRef, ...]:
    if not isinstance(rule, Mapping):
        return (ToolRef(name),) if rule == DENY else ()
    if rule.get(ANY, ALLOW) == DENY:
        return ()
    return tuple(ToolRef(name, pattern) for pattern in _with_action(rule, denied=True))


def _with_action(rule: Mapping[object, object], *, denied: bool) -> tuple[str, ...]:
    """The patterns that are denied, or that are not; `git diff` next to `git diff *` is the prefix `git diff:*`."""
    patterns = [str(pattern) for pattern, action in rule.items() if pattern != ANY and (action == DENY) is denied]
    prefixes = {text.removesuffix(" *") for text in patterns if text.endswith(" *")} & set(patterns)
    stems = ((text.removesuffix(" *"), text) for text in patterns)
    return tuple(dict.fromkeys(f"{stem}{_PREFIX}" if stem in prefixes else text for stem, text in stems))
