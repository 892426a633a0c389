"""How bad what was found while reading a file is for the tools that it is meant for: the same wherever it is shown.

description: Use when: x      an error where a tool refuses the file, a warning where every one mends it alike
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agentgen.codes import Severity
from agentgen.document.model import Document
from agentgen.findings import Finding
from agentgen.lint.loading import differing
from agentgen.render.loading.load import load
from agentgen.render.loading.model import Loaded
from agentgen.render.spec import Loader, Target
from agentgen.render.vocabulary import Vocabulary

_REPAIRED = (
    "frontmatter-value-needs-quotes",
    "frontmatter-stray-line",
    "frontmatter-not-yaml",
)


def weighed(
    document: Document, values: Mapping[str, object], judged: Sequence[Target], seen: Sequence[Loaded]
) -> Iterator[Finding]:
    """What reading found, as bad as it is for the tools `judged` that the file is for; `seen` is what they make of it.

    Where frontmatter is no YAML at all to them, YAML's rules do not count; where they repair what strict YAML refuses,
    and see what was meant, the damage is done elsewhere. Where the block names no agent, little is lost.
    """
    meant = {"name", "description"} & set(values)
    raw = bool(judged) and all(target.loader is Loader.RAW_LINES for target in judged)
    arrives = bool(seen) and all(loaded.loads and not differing(values, loaded) for loaded in seen)
    template = "{{" in str(values.get("name", ""))  # no tool is meant to load it yet
    for found in document.findings:
        if found.code in _REPAIRED and raw:
            continue
        mild = arrives or template if found.code in _REPAIRED else found.code.startswith("frontmatter-") and not meant
        yield found._replace(severity=Severity.WARNING) if mild and found.severity is Severity.ERROR else found


def weighed_for(document: Document, target: Target | None, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """The same for a file that is meant for one tool, or for none that is known."""
    if all(found.severity is not Severity.ERROR for found in document.findings):
        return document.findings
    judged = (target,) if target else ()
    seen = [load(document.source.raw, each, vocabulary) for each in judged]
    return tuple(weighed(document, document.frontmatter.values, judged, seen))
