"""What an agent is for: its name, its description and the subjects it opens with, as weighted words.

Words that many agents use say little; the name says most. This is the weak kind of likeness: two agents that review
code have one purpose however different they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agentgen.compare.concepts import Lexicon, lexicon
from agentgen.compare.words import TfIdf, Vector, cosine, stems, tokens
from agentgen.discover.model import Agent

_NAME, _DESCRIPTION, _TOPICS = 0.5, 0.3, 0.2
_DESCRIBED = 600
_LOOKED_AT = 6
_CROWD = 200
_HELD_AGAINST = 16

_Portrait = tuple[Vector, Vector, Vector]


class Purposes:
    """The purposes of all agents, by position."""

    def __init__(self, agents: Sequence[Agent]) -> None:
        table = lexicon()
        names = [_named(agent.name, table) for agent in agents]
        descriptions = [_named(agent.description[:_DESCRIBED], table) for agent in agents]
        topics = [agent.trace.topics for agent in agents]
        self._vectors: list[_Portrait] = list(
            zip(_vectors(names), _vectors(descriptions), _vectors(topics), strict=True)
        )

    def likeness(self, left: int, right: int) -> float:
        """How alike two purposes are, 0 to 1."""
        near = [cosine(one, other) for one, other in zip(self._vectors[left], self._vectors[right], strict=True)]
        return _NAME * near[0] + _DESCRIPTION * near[1] + _TOPICS * near[2]

    def gather(self, positions: Sequence[int], least: float) -> list[list[int]]:
        """Groups of one purpose among some agents: each joins the most alike leader, or becomes one.

        Leaders are looked up by the heaviest words, so no agent is held against all others.
        """
        groups: dict[int, list[int]] = {}
        index: dict[str, list[int]] = {}
        for position in positions:
            words = self._words(position)
            votes = Counter(leader for word in words for leader in index.get(word, ())[:_CROWD])
            leaders = sorted(votes, key=lambda leader: (-votes[leader], leader))[:_HELD_AGAINST]
            best = max(leaders, key=lambda leader: self.likeness(leader, position), default=None)
            if best is not None and self.likeness(best, position) >= least:
                groups[best].append(position)
                continue
            groups[position] = [position]
            for word in words:
                index.setdefault(word, []).append(position)
        return [group for group in groups.values() if len(group) > 1]

    def _words(self, position: int) -> list[str]:
        """The words that an agent is looked up by: the name's, and the heaviest of its description."""
        name, description, _ = self._vectors[position]
        heaviest = sorted(description, key=lambda word: (-description[word], word))[:_LOOKED_AT]
        return list(dict.fromkeys([*(f"name {word}" for word in sorted(name)), *heaviest]))


def _named(text: str, table: Lexicon) -> tuple[str, ...]:
    """The words of a text, and the concepts that they name."""
    return (*tokens(text), *table.find(stems(text)))


def _vectors(texts: Sequence[Sequence[str]]) -> list[Vector]:
    return TfIdf(texts, bigrams=False).vectors()
