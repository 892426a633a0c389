"""What the finders of conflicts share: how a conflict is made and named."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from agentgen.compare.facts_rules import rule_text
from agentgen.compare.facts_words import words_of
from agentgen.compare.items_statements import Statement
from agentgen.compare.model import Conflict, ConflictKind, ConflictMember
from agentgen.compare.words import normal_form

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_DIGITS = 8
_WORDS = 5


def draft(
    kind: ConflictKind,
    subject: str,
    members: Iterable[ConflictMember],
    *,
    confidence: float = 1.0,
    note: str = "",
) -> Conflict:
    """A conflict whose id is not yet unique: kind and subject."""
    slug = _NOT_SLUG.sub("-", subject.lower()).strip("-") or "subject"
    ordered = tuple(sorted(members, key=lambda member: (member.variant, member.line, member.value)))
    return Conflict(f"{kind.value}-{slug}", subject, kind, ordered, round(confidence, 2), note)


def shared_words(statements: Sequence[Statement]) -> str:
    """The words that all statements share, as the first one has them: at most five."""
    shared = set.intersection(*(set(statement.terms) for statement in statements))
    words = (word.text.lower() for word in words_of(rule_text(statements[0])) if word.stem in shared)
    return " ".join(list(dict.fromkeys(words))[:_WORDS])


def with_unique_ids(conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Conflicts that share kind and subject get a digest of what is said behind their id, wherever it stands."""
    taken = Counter(conflict.id for conflict in conflicts)
    named = (
        conflict if taken[conflict.id] == 1 else conflict._replace(id=f"{conflict.id}-{_digest(conflict.members)}")
        for conflict in conflicts
    )
    unique = {conflict.id: conflict for conflict in named}
    return tuple(unique.values())


def _digest(members: Sequence[ConflictMember]) -> str:
    said = sorted(f"{member.variant}\n{normal_form(member.text)}" for member in members)
    return hashlib.sha256("\n\n".join(said).encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]
