"""Which of several statements that say the same stands in the profile, where, and in whose words.

Each group of equal or equivalent statements is said once:
- it stands in the topic where most variants have it, at the place of the first one by precedence;
- it is worded as its richest member: the one of the topic with the most distinct words and numbers (or one from
  elsewhere that says all that and more);
- where members contradict each other, the side that was decided (or the declared fallback) gives the words.

A statement that the recipe keeps stands for itself; one that it rewords stands in its own topic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from agentgen.compare.model import Comparison, Conflict, ConflictMember, ItemGroup, Relation
from agentgen.merge.anchors import find_statement
from agentgen.merge.conflicts import decision_for, holding_variant
from agentgen.merge.model import Fate, Outcome
from agentgen.merge.nodes import LIST_KINDS, Ref, Taken, Wording, walk
from agentgen.merge.wording import can_word, is_single, numbers_agree, words_of
from agentgen.profile.recipe import ItemAction, Recipe

_COLLAPSING = frozenset({Relation.SAME, Relation.EQUIVALENT, Relation.CONFLICT})


@dataclass(slots=True)
class Selection:
    """The choice. `gone` are statements that do not appear, `wordings` replace the words of some that do.

    `unmatched` are item decisions that speak of no taken statement, as (topic, position in its list); `differing` are
    statements that are alike but for their numbers.
    """

    gone: dict[Ref, Outcome] = field(default_factory=dict)
    wordings: dict[Ref, Wording] = field(default_factory=dict)
    unmatched: list[tuple[str, int]] = field(default_factory=list)
    differing: list[tuple[Ref, ...]] = field(default_factory=list)

    def stands_for(self, ref: Ref) -> Ref:
        """The statement of the profile that says what `ref` says (itself, where it stands there)."""
        outcome = self.gone.get(ref)
        return outcome.by if outcome and outcome.fate is Fate.SAID and outcome.by else ref


def select(comparison: Comparison | None, recipe: Recipe, taken: Taken) -> Selection:
    """Choose among all taken statements. Without a comparison every statement stands for itself."""
    return _Selector(comparison, recipe, taken).run()


class _Selector:
    """The state of one selection."""

    def __init__(self, comparison: Comparison | None, recipe: Recipe, taken: Taken) -> None:
        self.comparison = comparison
        self.recipe = recipe
        self.taken = taken
        self.rank = {variant: index for index, variant in enumerate(recipe.precedence)}
        self.groups = _group_index(comparison)
        self.kept_apart: set[Ref] = set()  # sides of conflicts that may all stay
        self.holding: set[Ref] = set()  # sides that hold
        self.settled: set[Ref] = set()  # sides of conflicts of which one holds
        self.selection = Selection()
        self.item_decisions = tuple(self._find_statements())
        self.alone = self._decided(ItemAction.KEEP)
        self.reworded = self._decided(ItemAction.REPLACE)

    def run(self) -> Selection:
        self._drop_items()
        if self.comparison is not None:
            for conflict in self.comparison.conflicts:
                self._settle(conflict)
            for topic in self.comparison.topics:
                for group in topic.items:
                    self._collapse(group)
            self._drop_what_few_say()
        self._reword_items()
        return self.selection

    # -- decisions about single statements ---------------------------------------------------------------------

    def _drop_items(self) -> None:
        for topic, index, action, ref, _ in self.item_decisions:
            if ref is None:
                self.selection.unmatched.append((topic, index))
            elif action is ItemAction.DROP:
                outcome = Outcome(Fate.DROPPED, decision=f"topics/{topic}/items/{index}")
                nodes = [self.taken.nodes[other] for other in self._dropped_with(ref)]
                self.selection.gone.update(dict.fromkeys((node.ref for node in walk(nodes)), outcome))

    def _dropped_with(self, ref: Ref) -> list[Ref]:
        """The statement, and those of its topic that would only step into its place: alike, and not before it."""
        topic, rank = self.taken.topics[ref], self.rank[ref[0]]
        others = (other for other in self._alike(ref) if self.taken.topics[other] == topic)
        return [other for other in others if other == ref or self.rank[other[0]] > rank]

    def _drop_what_few_say(self) -> None:
        """Carry out `agree`: what too few variants say goes, unless it announces something that stays."""
        limits = {topic.id: topic.agree for topic in self.recipe.topics if topic.agree > 1}
        for ref, node in self.taken.nodes.items():
            topic = self.taken.topics[ref]
            said_below = any(self._voices(below.ref) >= limits.get(topic, 0) for below in walk([node]))
            if topic in limits and not said_below:
                self.selection.gone.setdefault(ref, Outcome(Fate.DROPPED, decision=f"topics/{topic}/agree"))

    def _voices(self, ref: Ref) -> int:
        """How many variants say a statement."""
        group = self.groups.get(ref)
        counts = group is not None and group.relation in _COLLAPSING
        return len({other for other, _ in _refs(group)}) if group and counts else 1

    def _reword_items(self) -> None:
        for topic, index, action, ref, value in self.item_decisions:
            decision = f"topics/{topic}/items/{index}"
            if ref is not None and action is ItemAction.REPLACE:
                self.selection.wordings[self.selection.stands_for(ref)] = Wording(
                    tuple(value.split("\n")), None, 0, decision
                )
            elif ref is not None and action is ItemAction.PICK:
                self._pick(ref, value, decision)

    def _pick(self, ref: Ref, variant: str, decision: str) -> None:
        place = self.selection.stands_for(ref)
        for other in self._alike(ref):
            if other[0] == variant and other in self.taken.nodes:
                self.selection.wordings[place] = self._words_of(other, decision)

    def _find_statements(self) -> Iterable[tuple[str, int, ItemAction, Ref | None, str]]:
        for topic in (topic for topic in self.recipe.topics if topic.items):
            own = {ref: node for ref, node in self.taken.nodes.items() if self.taken.topics[ref] == topic.id}
            for index, item in enumerate(topic.items):
                ref = find_statement(item.statement, own) or find_statement(item.statement, self.taken.nodes)
                yield topic.id, index, item.action, ref, item.value

    def _decided(self, action: ItemAction) -> frozenset[Ref]:
        return frozenset(ref for _, _, its_action, ref, _ in self.item_decisions if ref and its_action is action)

    def _alike(self, ref: Ref) -> list[Ref]:
        """The taken statements that say the same, this one included."""
        group = self.groups.get(ref)
        if group is None or group.relation not in _COLLAPSING or ref in self.alone:
            return [ref]
        return [other for other in _refs(group) if other in self.taken.nodes and other not in self.alone]

    # -- conflicts ---------------------------------------------------------------------------------------------

    def _settle(self, conflict: Conflict) -> None:
        """Take the losing sides out, and put a text of the recipe in place of the winning one."""
        decision = decision_for(conflict, self.recipe)
        sides = {(member.variant, member.item): member for member in conflict.members if member.item is not None}
        present = {
            ref: side for ref, side in sides.items() if ref in self.taken.nodes and ref not in self.selection.gone
        }
        if len({ref[0] for ref in present}) < 2:
            return
        if decision.keep_both:
            self.kept_apart.update(present)
            return
        holding = holding_variant(decision, self.recipe.precedence, [ref[0] for ref in present])
        winner = min(ref for ref in present if ref[0] == holding)
        self.holding.add(winner)
        self.settled.update(present)
        if decision.text is not None:
            words = tuple(decision.text.rstrip("\n").split("\n"))
            self.selection.wordings[winner] = Wording(words, None, 0, f"conflicts/{conflict.id}")
        self._overrule(winner, present, everything=decision.text is not None, name=f"conflicts/{conflict.id}")

    def _overrule(self, winner: Ref, sides: Mapping[Ref, ConflictMember], *, everything: bool, name: str) -> None:
        """Statements of other sides go, except those that say more than what the conflict is about."""
        same_group = set(self._alike(winner))
        for ref, side in sides.items():
            disagrees = everything or side.value != sides[winner].value
            if ref == winner or ref in same_group or not disagrees or not is_single(self.taken.nodes[ref]):
                continue
            for other in self._alike(ref):
                self.selection.gone.setdefault(other, Outcome(Fate.OVERRULED, winner, name))

    # -- groups ------------------------------------------------------------------------------------------------

    def _collapse(self, group: ItemGroup) -> None:
        absent = self.alone.union(self.selection.gone)
        present = [ref for ref in _refs(group) if ref in self.taken.nodes and ref not in absent]
        for announcing in (True, False):  # a line that announces a list says something else than a statement
            alike = [ref for ref in present if self.taken.nodes[ref].announces is announcing]
            if group.relation is Relation.PART_OF:
                self._say_with_more(_refs(group)[0], alike)
            elif group.relation in _COLLAPSING and sum(ref in self.kept_apart for ref in alike) < 2:
                self._say_by_numbers(alike)

    def _say_with_more(self, whole: Ref, refs: Sequence[Ref]) -> None:
        """One statement says all that the others say: its words stand at the place of the first one by precedence."""
        if whole in refs and len(refs) > 1:
            place = self._first(refs, refs)
            self._say_once(place, refs)
            if place != whole and can_word(self.taken.nodes[place], self.taken.nodes[whole]):
                self.selection.wordings[place] = self._words_of(whole)

    def _say_by_numbers(self, refs: Sequence[Ref]) -> None:
        """Statements that differ in their numbers do not stand for each other: all stay, and it is told.

        Where a conflict was found about them, its decision holds.
        """
        voices: list[list[Ref]] = []
        for ref in sorted(refs, key=lambda ref: (self.rank[ref[0]], ref[1])):
            voice = next((one for one in voices if self._may_stand_for(one[0], ref)), None)
            if voice is None:
                voices.append([ref])
            else:
                voice.append(ref)
        for voice in voices:
            self._say_in_one_voice(voice)
        if len(voices) > 1:
            self.selection.differing.append(tuple(voice[0] for voice in voices))

    def _may_stand_for(self, left: Ref, right: Ref) -> bool:
        """True where one of the two has no number that the other does not have, or a conflict was settled."""
        if {left, right} <= self.settled:
            return True
        return numbers_agree(self.taken.nodes[left].text, self.taken.nodes[right].text)

    def _say_in_one_voice(self, refs: Sequence[Ref]) -> None:
        if len({variant for variant, _ in refs}) < 2:
            return
        reworded = self.reworded.intersection(refs)
        place = self._first(refs, reworded or refs)
        members = [ref for ref in refs if ref == place or ref not in reworded]
        self._say_once(place, members)
        self._choose_words(place, members)

    def _first(self, refs: Sequence[Ref], choices: Iterable[Ref]) -> Ref:
        """Of the choices the one at whose place all of them are said."""
        home = self._home(refs)
        return min(choices, key=lambda ref: self._place_key(ref, home))

    def _home(self, refs: Sequence[Ref]) -> str:
        """The topic of most of the statements; in case of a tie that of the first by precedence."""
        counts = Counter(self.taken.topics[ref] for ref in refs)
        ordered = sorted(refs, key=lambda ref: (self.rank[ref[0]], ref[1]))
        return max((self.taken.topics[ref] for ref in ordered), key=lambda topic: counts[topic])

    def _place_key(self, ref: Ref, topic: str) -> tuple[bool, bool, int, int]:
        return self.taken.topics[ref] != topic, not self.taken.nodes[ref].children, self.rank[ref[0]], ref[1]

    def _say_once(self, place: Ref, members: Iterable[Ref]) -> None:
        host = self.taken.nodes[place]
        can_host = host.kind in LIST_KINDS or bool(host.children)
        for ref in members:
            if ref != place and (can_host or not self.taken.nodes[ref].children):
                self.selection.gone[ref] = Outcome(Fate.SAID, place)

    def _choose_words(self, place: Ref, members: Iterable[Ref]) -> None:
        candidates = [ref for ref in members if ref == place or self._fits(place, ref)]
        best = max(candidates, key=lambda ref: (ref in self.holding, self._richness(ref), -self.rank[ref[0]]))
        if best in self.selection.wordings:
            self.selection.wordings[place] = self.selection.wordings[best]
        elif best != place:
            self.selection.wordings[place] = self._words_of(best)

    def _fits(self, place: Ref, other: Ref) -> bool:
        """Words from the same topic fit; from elsewhere only those that say all that is said at the place."""
        if not can_word(self.taken.nodes[place], self.taken.nodes[other]):
            return False
        if self.taken.topics[place] == self.taken.topics[other] or other in self.holding:
            return True
        return words_of(self.taken.nodes[place].text) <= words_of(self.taken.nodes[other].text)

    def _richness(self, ref: Ref) -> int:
        return len(words_of(self.taken.nodes[ref].text))

    def _words_of(self, ref: Ref, decision: str = "") -> Wording:
        node = self.taken.nodes[ref]
        return Wording(node.text, ref, node.line, decision)


def _refs(group: ItemGroup) -> list[Ref]:
    return [(member.variant, member.index) for member in group.members]


def _group_index(comparison: Comparison | None) -> dict[Ref, ItemGroup]:
    topics = comparison.topics if comparison else ()
    return {ref: group for topic in topics for group in topic.items for ref in _refs(group)}
