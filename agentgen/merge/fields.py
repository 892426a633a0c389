"""The frontmatter of the profile: for each key the value that the recipe decides on.

    tools: {union: [a, b], subtract: [Bash]}      a: Read, Bash   b: Read, Edit   ->   [Read, Edit]

Lists keep the order of precedence. A variant without a tool list may use every tool: a union with it is no list at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agentgen.codes import CODES
from agentgen.compare.frontmatter import comparable, lines_of
from agentgen.compare.model import Variant
from agentgen.findings import Finding, Fix
from agentgen.merge.model import Widening
from agentgen.merge.place import Places
from agentgen.profile.lock import Origin
from agentgen.profile.model import CANONICAL_FIELDS
from agentgen.profile.recipe import KeyDecision, KeyMode, Recipe

LIST_KEYS = ("tools", "disallowed_tools", "skills")
UNKNOWN_TOOL = "unknown"
"""Extensions of a variant whose tool nobody recognised stand under this name, and go to no target."""

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_NAMELESS = "agent"


class MergedFields(NamedTuple):
    """Canonical fields in their order, extensions by tool, where each value came from, and what is to be said."""

    values: Mapping[str, object]
    extensions: Mapping[str, Mapping[str, object]]
    origins: Mapping[str, Origin]
    widenings: tuple[Widening, ...]
    findings: tuple[Finding, ...]


def merge_fields(variants: Sequence[Variant], recipe: Recipe, places: Places) -> MergedFields:
    """The recipe's decisions carried out. `variants` stand in the order of precedence."""
    merger = _Merger(variants, recipe, places)
    return merger.run()


def slug_of(name: str) -> str:
    """A name that may become a file name: small ASCII letters, digits and hyphens, at most 64."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain.lower()).strip("-")[:64].rstrip("-") or _NAMELESS


class _Merger:
    """Carries out the decisions, key by key."""

    def __init__(self, variants: Sequence[Variant], recipe: Recipe, places: Places) -> None:
        self.variants = {variant.id: variant for variant in variants}
        self.decisions = {decision.key: decision for decision in recipe.keys}
        self.places = places
        self.values: dict[str, object] = {}
        self.origins: dict[str, Origin] = {}
        self.findings: list[Finding] = []

    def run(self) -> MergedFields:
        for key in CANONICAL_FIELDS:
            decision = self.decisions.get(key) or self._undecided(key)
            if decision is not None:
                self._decide(key, decision)
        self._mend_name()
        return MergedFields(
            values=self.values,
            extensions=self._extensions(),
            origins=self.origins,
            widenings=tuple(self._widenings()),
            findings=tuple(self.findings),
        )

    def _undecided(self, key: str) -> KeyDecision | None:
        """A key that variants have and the recipe does not mention: precedence decides, and it is said."""
        having = [variant.id for variant in self.variants.values() if key in variant.fields]
        if not having:
            return None
        message = f"the recipe does not say what to do with '{key}'; the value of {having[0]} is used"
        advice = f"add `{key}: {{take: {having[0]}}}`, or another decision, to `keys`"
        self.findings.append(self.places.finding("recipe-key-undecided", ("keys",), message, advice))
        return KeyDecision(key, KeyMode.TAKE, (having[0],), open=True)

    def _decide(self, key: str, decision: KeyDecision) -> None:
        value = self._value(key, decision)
        if value is not None and decision.subtract and isinstance(value, tuple):
            value = tuple(entry for entry in value if entry not in decision.subtract)
        if value is not None:
            self.values[key] = value
            self.origins[key] = self._origin(key, decision)

    def _value(self, key: str, decision: KeyDecision) -> object:
        match decision.mode:
            case KeyMode.DROP:
                return None
            case KeyMode.VALUE:
                return decision.value
            case KeyMode.UNION | KeyMode.INTERSECT:
                return self._combined(key, decision)
            case _:
                return self.variants[decision.variants[0]].fields.get(key)

    def _combined(self, key: str, decision: KeyDecision) -> object:
        """The union or intersection of lists; None stands for a list without limits."""
        chosen = [self.variants[name] for name in self.variants if name in decision.variants]
        lists = [_entries(variant.fields[key]) for variant in chosen if key in variant.fields]
        unlimited = key == "tools" and len(lists) < len(chosen)
        if not lists or (unlimited and decision.mode is KeyMode.UNION):
            return None
        everything = tuple(dict.fromkeys(entry for entries in lists for entry in entries))
        if decision.mode is KeyMode.UNION:
            return everything
        return tuple(entry for entry in everything if all(entry in entries for entries in lists))

    def _origin(self, key: str, decision: KeyDecision) -> Origin:
        name = f"keys/{key}"
        having = [variant for variant in decision.variants if key in self.variants[variant].fields]
        if not having:
            return Origin(1, "recipe", decision=name)
        return Origin(1, "variant", having[0], lines_of(self.variants[having[0]])[key], name)

    def _mend_name(self) -> None:
        name = str(self.values.get("name", ""))
        if _SLUG.fullmatch(name):
            return
        new = slug_of(name or next(iter(self.variants)))
        self.values = {"name": new, **{key: value for key, value in self.values.items() if key != "name"}}
        origin = self.origins.setdefault("name", Origin(1, "recipe", decision="keys/name"))
        said = f"the name '{name}' cannot be a file name" if name else "no variant has a name"
        self._say("profile-name-changed", origin, f"{said}; the profile is called '{new}'", "name")

    def _say(self, code: str, origin: Origin, message: str, key: str) -> None:
        advice = f"set another one with `keys: {{{key}: {{value: …}}}}` in the recipe"
        if origin.variant is None:
            self.findings.append(self.places.finding(code, ("keys",), message, advice))
            return
        path = self.variants[origin.variant].document.source.path
        line = origin.source_line or 1
        self.findings.append(Finding(code, CODES[code].severity, path, line, 1, message, Fix(advice)))

    def _extensions(self) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = {}
        for variant in self.variants.values():
            own = found.setdefault(variant.tool or UNKNOWN_TOOL, {})
            for key, value in variant.extensions.items():
                decision = self.decisions.get(key)
                if decision is not None and decision.mode is KeyMode.DROP:
                    continue
                if key in own and comparable(own[key]) != comparable(value):
                    self._say_extension(variant, key)
                if key not in own:
                    own[key] = value
                    place = lines_of(variant)[key]
                    self.origins[f"{variant.tool or UNKNOWN_TOOL}.{key}"] = Origin(1, "variant", variant.id, place)
        return {tool: found[tool] for tool in sorted(found) if found[tool]}

    def _say_extension(self, variant: Variant, key: str) -> None:
        code = "merge-extension-differs"
        message = f"'{key}' is said before by a variant of the same tool, otherwise; that value is used"
        line = lines_of(variant)[key]
        path = variant.document.source.path
        advice = Fix("change the order of precedence in the recipe, or drop the key there")
        self.findings.append(Finding(code, CODES[code].severity, path, line, 1, message, advice))

    def _widenings(self) -> Iterable[Widening]:
        tools = self.values.get("tools")
        denied = set(_entries(self.values.get("disallowed_tools", ())))
        for variant in self.variants.values():
            own = variant.fields.get("tools")
            if own is not None:
                gained = tuple(entry for entry in _entries(tools or ()) if entry not in _entries(own))
                if tools is None or gained:
                    yield Widening(variant.id, "tools", gained)
            forbidden = _entries(variant.fields.get("disallowed_tools", ()))
            freed = tuple(entry for entry in forbidden if entry not in denied)
            if freed:
                yield Widening(variant.id, "disallowed_tools", freed)


def _entries(value: object) -> tuple[str, ...]:
    return tuple(str(entry) for entry in value) if isinstance(value, (list, tuple)) else ()
