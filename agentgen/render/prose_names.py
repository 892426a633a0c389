"""Tools that the text names, under the target's own names: where a profile says `prose: {tool_names: map}`.

    Keep the list with TodoWrite, run `Bash`.    ->    Keep the list with todo_write, run `run_shell_command`.

A name in code marks is taken for a tool; a bare word only where it is none of the language (`TodoWrite`, not `Read`).
Code blocks, other code marks, links and what has no name at the target stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from agentgen.profile.model import Profile
from agentgen.render.model import Entry, Outcome
from agentgen.render.prose import prose_lines
from agentgen.render.spec import Target
from agentgen.render.toolnames import OwnTool, to_own
from agentgen.render.vocabulary import Vocabulary
from agentgen.source import split_lines
from agentgen.toolrefs import ToolRef

MAP = "map"
PROSE = "prose"
_PIECES = re.compile(
    r"(?<!`)(?P<code>`++)(?P<inside>[^`]+)(?P=code)(?!`)"  # code marks
    r"|\]\([^)\s]{0,4000}\)|<[^<>]*>"  # where a link leads
    r"|(?<![\w/.@#-])[A-Za-z]\w+(?![\w/-]|\.\w)"  # a word that is no part of a path
)
_JOINED = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")  # two words written as one: no word of the language
_INDENTED = re.compile(r"(?: {4}|\t| {1,3}\t)")
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])(?:\s|$)")


def map_names(body: str, target: Target, vocabulary: Vocabulary) -> tuple[str, tuple[Entry, ...]]:
    """The text with the target's names, and a ledger entry for each tool that was renamed."""
    names = _Names(target, vocabulary)
    lines = split_lines(body)
    for number in _touchable(body):
        lines[number - 1] = _PIECES.sub(names.replaced, lines[number - 1])
    return "".join(lines), tuple(names.entries())


def with_names(profile: Profile, body: str, target: Target, vocabulary: Vocabulary) -> str:
    """A profile's body as the target gets it."""
    return map_names(body, target, vocabulary)[0] if profile.prose.tool_names == MAP else body


def names_back(edited: str, body: str, target: Target, vocabulary: Vocabulary) -> str:
    """An edited text with the profile's names again: untouched lines as they stand in `body`, others word by word."""
    before = split_lines(map_names(body, target, vocabulary)[0])
    after, original = split_lines(edited), split_lines(body)
    names = _Names(target, vocabulary).backwards(body)
    result: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        result += original[i1:i2] if kind == "equal" else [_renamed_back(line, names) for line in after[j1:j2]]
    return "".join(result)


def _renamed_back(line: str, names: Mapping[str, str]) -> str:
    def back(match: re.Match[str]) -> str:
        marks, word = match["code"] or "", match["inside"] or match[0]
        name = names.get(word)
        return match[0] if name is None or not (marks or _JOINED.fullmatch(name)) else f"{marks}{name}{marks}"

    return _PIECES.sub(back, line)


class _Names:
    """The target's names for tools, and how often each was put in."""

    def __init__(self, target: Target, vocabulary: Vocabulary) -> None:
        self.target = target
        self.vocabulary = vocabulary
        self.count: Counter[str] = Counter()

    def replaced(self, match: re.Match[str]) -> str:
        """A piece of a line, with another name where it is that of a tool."""
        marks, word = match["code"] or "", match["inside"] or match[0]
        own = self._own(word, marked=bool(marks))
        if own is None or own.names in ((), (word,)):
            return match[0]
        self.count[word] += 1
        return f"{marks}, {marks}".join(own.names).join((marks, marks))

    def _own(self, word: str, *, marked: bool) -> OwnTool | None:
        ref = ToolRef(word)
        known = word in self.vocabulary.tools or ref.mcp is not None
        return to_own(ref, self.target, self.vocabulary) if known and (marked or _JOINED.fullmatch(word)) else None

    def backwards(self, body: str) -> dict[str, str]:
        """The names put into a text, each with the tool that it stands for; none that stands for several."""
        for number in _touchable(body):
            _PIECES.sub(self.replaced, split_lines(body)[number - 1])
        own = {word: to_own(ToolRef(word), self.target, self.vocabulary).names for word in self.count}
        times = Counter(name for names in own.values() for name in names)
        return {names[0]: word for word, names in own.items() if len(names) == 1 and times[names[0]] == 1}

    def entries(self) -> Iterator[Entry]:
        for word, count in self.count.items():
            own = to_own(ToolRef(word), self.target, self.vocabulary)
            outcome = Outcome.APPROXIMATED if own.outcome is Outcome.APPROXIMATED else Outcome.MAPPED
            times = "once" if count == 1 else f"{count} times"
            reason = f"the text names it {times}" + (f"; {own.reason}" if own.reason else "")
            yield Entry(PROSE, word, outcome, word, ", ".join(own.names), reason, self.target.source)


def _touchable(body: str) -> Iterator[int]:
    """The numbers of the lines that are prose: no fenced code, and no indented code outside of lists."""
    after_blank, in_list = True, False
    for line in prose_lines(body):
        blank = not line.text.strip()
        is_item, is_indented = bool(_ITEM.match(line.text)), bool(_INDENTED.match(line.text))
        if not blank and not is_indented:
            in_list = is_item or (in_list and (not after_blank or line.text[:1] == " "))
        code = is_indented and after_blank and not in_list
        if not blank and not code:
            yield line.number
        after_blank = blank or code
