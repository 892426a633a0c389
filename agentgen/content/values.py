"""Hidden text in values that an escape writes: `"\\u200b"` in YAML or JSON is six plain characters in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agentgen.content.hidden import hidden_findings
from agentgen.findings import Finding, finding
from agentgen.source import Source, Span, encode


def value_findings(source: Source, fields: Sequence[tuple[str, object, Span]]) -> list[Finding]:
    """What values hold hidden that the text of their entry does not. `fields`: key, value, where the entry stands."""
    found: list[Finding] = []
    for key, value, span in fields:
        entry = source.slice(span)
        if "\\" not in entry:  # no escape, nothing that is not in the text itself
            continue
        written = frozenset(entry)
        for text in _texts(value):
            for each in hidden_findings(Source("", encode(text))) if _escaped(text, written) else ():
                found.append(finding(source, each.code, span.start, f"in the value of `{key}`: {each.message}"))
    return list(dict.fromkeys(found))


def _escaped(text: str, written: frozenset[str]) -> bool:
    return any(not char.isprintable() and char not in written and char not in "\n\t\r" for char in text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from (str(key), *_texts(entry))
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from _texts(entry)
