"""Names with letters of another alphabet that look like ASCII: `reаder` with a Cyrillic а.

The letters are the single-letter entries for Cyrillic, Greek and Armenian of Unicode's confusables.txt (UTS 39,
version 16), those whose shape is the same in common fonts; wide and mathematical letters are known by their
decomposition. A word in one alphabet is no finding, whatever it looks like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from agentgen.findings import Finding, Fix, finding
from agentgen.source import Source, Span

_LIKE = {
    **dict(zip("асԁеһіјӏорԛѕуѵхԝгАВСЕНІЈКМОРЅТУХ", "acdehijlopqsyvxwrABCEHIJKMOPSTYX", strict=True)),
    **dict(zip("αογινρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aoyivpuABEZHIKMNOPTYX", strict=True)),
    **dict(zip("օոսհցզյՏՍՕԼ", "onuhgqjSUOL", strict=True)),
}
_WORD = re.compile(r"\w+")
_COPIES = ("<font>", "<wide>")
_SENTENCE = 4  # words beyond the commas: a value with more of them is no list of names
_MOST = 10_000  # characters of a value that is looked at


def ascii_of(word: str) -> str:
    """The ASCII word that this one looks like; empty where it is ASCII itself or looks like none."""
    if word.isascii():
        return ""
    like = "".join(_letter(char) for char in word)
    return like if like.isascii() else ""


def lookalikes(name: str) -> Iterator[tuple[int, str, str]]:
    """The words of a name that pass for ASCII ones: offset, word, what it looks like.

    A word of its own alphabet counts only where it stands beside ASCII letters.
    """
    if name.isascii() or len(name) > _MOST:
        return
    mixed = any(char.isascii() and char.isalpha() for char in name)
    for match in _WORD.finditer(name):
        like = ascii_of(match[0])
        if like and (mixed or _copied(match[0])):
            yield match.start(), match[0], like


def name_findings(source: Source, fields: Sequence[tuple[str, object, Span]]) -> list[Finding]:
    """Keys, the names among the values, and the file's own name. `fields`: key, value, and where the entry stands."""
    found = [
        _finding(source, 0, f"the file's name holds {_said(word, like)}")
        for _, word, like in lookalikes(_file_name(source))
    ]
    for key, value, span in fields:
        entry = source.slice(span)
        if entry.isascii() and "\\" not in entry:
            continue
        found += [_finding(source, span.start, f"a key is {_said(word, like)}") for _, word, like in lookalikes(key)]
        for name in _names(key, value):
            for _, word, like in lookalikes(name):
                at = source.text.find(word, span.start, span.end)
                place = at if at >= 0 else span.start
                found.append(_finding(source, place, f"`{key}` holds {_said(word, like)}"))
    return list(dict.fromkeys(found))


def _file_name(source: Source) -> str:
    return re.split(r"[/\\]", source.path)[-1]


def _names(key: str, value: object) -> Iterator[str]:
    """The texts of a value that are names, not sentences."""
    if isinstance(value, str):
        text = value.strip()
        if key == "name" or len(text.split()) <= text.count(",") + _SENTENCE:
            yield text
    elif isinstance(value, Mapping):
        for inner, entry in value.items():
            yield str(inner)
            yield from _names(str(inner), entry)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from _names(key, entry)


def _said(word: str, like: str) -> str:
    odd = next(char for char in word if not char.isascii())
    return (
        f"`{word}`, which is not `{like}`: it has {odd} (U+{ord(odd):04X}, {unicodedata.name(odd, 'no name').lower()})"
    )


def _finding(source: Source, start: int, message: str) -> Finding:
    return finding(source, "name-lookalike", start, message, fix=Fix("write the name in one alphabet"))


def _letter(char: str) -> str:
    if char.isascii():
        return char
    copy = unicodedata.decomposition(char)
    return unicodedata.normalize("NFKC", char) if copy.startswith(_COPIES) else _LIKE.get(char, char)


def _copied(word: str) -> bool:
    """Whether a word is written in copies of ASCII letters, wide or mathematical ones."""
    return any(unicodedata.decomposition(char).startswith(_COPIES) for char in word)
