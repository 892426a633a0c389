"""Items of all variants, put into groups that say the same.

    b: "Rate limits per endpoint"        one group: b and c say the same (equivalent)
    c: "- **Limit rates** per endpoint"

Matching runs across whole documents: half of what says the same stands in sections that do not belong together. That
two sections stand in one row is evidence, no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from agentgen.compare.items_candidates import candidates
from agentgen.compare.items_clusters import Cluster, nearest_first, same_words
from agentgen.compare.items_parts import Compound, find_compounds
from agentgen.compare.items_similarity import ENOUGH, Similarity
from agentgen.compare.items_statements import Statement, read_statements
from agentgen.compare.model import ItemGroup, Relation, Variant


def group_items(
    variants: Sequence[Variant],
    topic_of: Mapping[tuple[str, str], str],
    statements: Sequence[Statement] | None = None,
) -> dict[str, tuple[ItemGroup, ...]]:
    """The item groups of each topic in order of place; every item of every variant is in exactly one group.

    `topic_of` maps (variant id, section id) to a topic id and knows every section. A group whose members sit in
    several topics stands under the topic of most members (the first one in case of a tie) and is marked as moved.
    `statements` are those of the variants where they were read already.
    """
    statements = statements if statements is not None else read_statements(variants, topic_of)
    scores = _Scores(statements)
    clusters = _clusters(statements, scores)
    compounds = find_compounds(clusters, scores.similarity)
    wholes = {compound.whole[0].order for compound in compounds}
    groups: dict[str, list[ItemGroup]] = {topic: [] for topic in sorted(set(topic_of.values()))}
    for cluster in _in_order(_with_compounds(clusters, compounds)):
        groups[_home(cluster)].append(_group(cluster, compound=cluster[0].order in wholes))
    return {topic: tuple(found) for topic, found in groups.items()}


def _clusters(statements: Sequence[Statement], scores: _Scores) -> list[Cluster]:
    """Clusters of all statements, by their first member."""
    scored = [(scores.of(left, right), left, right) for left, right in candidates(statements, scores.similarity)]
    pairs = [pair for pair in scored if pair[0] >= ENOUGH]
    return _with_repetitions(nearest_first(same_words(statements), pairs, scores.of, ENOUGH))


def _with_compounds(clusters: Sequence[Cluster], compounds: Sequence[Compound]) -> list[Cluster]:
    """The clusters, each compound as one: the whole first, then its parts."""
    joined = [(*compound.whole, *compound.parts) for compound in compounds]
    used = {statement.order for cluster in joined for statement in cluster}
    left = (tuple(statement for statement in cluster if statement.order not in used) for cluster in clusters)
    return [*joined, *(cluster for cluster in left if cluster)]


class _Scores:
    """The score of each pair, made once."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.similarity = Similarity(statements)
        self._known: dict[tuple[int, int], float] = {}

    def of(self, left: Statement, right: Statement) -> float:
        key = (min(left.order, right.order), max(left.order, right.order))
        if key not in self._known:
            code = left.code or right.code
            self._known[key] = _code_score(left, right) if code else self.similarity.score(left, right)
        return self._known[key]


def _code_score(left: Statement, right: Statement) -> float:
    """The share of words in common, in order; prose is no version of code."""
    from rapidfuzz.distance import Indel

    both = left.code and right.code
    return Indel.normalized_similarity(left.normal.split(), right.normal.split()) if both else 0.0


def _with_repetitions(clusters: Sequence[Cluster]) -> list[Cluster]:
    """What one variant says once more than the others joins the cluster that says it; bare labels stay alone."""
    shared = {statement.normal: cluster for cluster in reversed(clusters) if _spread(cluster) for statement in cluster}
    extra: dict[int, list[Statement]] = defaultdict(list)
    kept: list[Cluster] = []
    for cluster in clusters:
        first = cluster[0]
        if len(cluster) == 1 and first.normal in shared and len(first.terms) > 1 and not first.label:
            extra[shared[first.normal][0].order].append(first)
        else:
            kept.append(cluster)
    return [_sorted((*cluster, *extra[cluster[0].order])) for cluster in kept]


def _spread(cluster: Cluster) -> bool:
    return len({statement.ref.variant for statement in cluster}) > 1


def _sorted(statements: Iterable[Statement]) -> Cluster:
    return tuple(sorted(statements, key=lambda statement: statement.order))


def _home(cluster: Cluster) -> str:
    """The topic of most members, of the first one in case of a tie."""
    topics = Counter(statement.topic for statement in cluster)
    return max(topics, key=lambda topic: topics[topic])


def _group(cluster: Cluster, *, compound: bool) -> ItemGroup:
    if compound:
        relation = Relation.PART_OF
    elif not _spread(cluster):
        relation = Relation.ONLY
    else:
        same = len({statement.normal for statement in cluster}) == 1
        relation = Relation.SAME if same else Relation.EQUIVALENT
    moved = len({statement.topic for statement in cluster}) > 1
    return ItemGroup(relation, tuple(statement.ref for statement in cluster), moved)


def _in_order(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Clusters as the first variant has them; what only a later one has stands behind its neighbour there."""
    home = {statement.order: cluster for cluster in clusters for statement in cluster}
    behind: dict[int, list[Cluster]] = defaultdict(list)
    placed: set[int] = set()
    last, variant = -1, ""
    for statement in sorted((each for cluster in clusters for each in cluster), key=lambda each: each.order):
        if statement.ref.variant != variant:
            last, variant = -1, statement.ref.variant
        cluster = home[statement.order]
        if cluster[0].order not in placed:
            placed.add(cluster[0].order)
            behind[last].append(cluster)
        last = cluster[0].order
    return _unrolled(behind)


def _unrolled(behind: Mapping[int, Sequence[Cluster]]) -> list[Cluster]:
    """The clusters in one line: behind each what later variants insert there, then how the first one goes on."""
    found: list[Cluster] = []
    waiting = _insertions_first(behind.get(-1, ()))
    while waiting:
        cluster = waiting.pop()
        found.append(cluster)
        waiting.extend(_insertions_first(behind.get(cluster[0].order, ())))
    return found


def _insertions_first(clusters: Sequence[Cluster]) -> list[Cluster]:
    """As a stack: what is taken off its end comes first."""
    return [*clusters[:1], *reversed(clusters[1:])]
