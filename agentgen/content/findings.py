"""Everything that a reader of a file should know of before an agent gets it, as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from agentgen.content.blobs import blob_risks
from agentgen.content.risk import Risk
from agentgen.content.secrets import secret_risks
from agentgen.content.unseen import unseen_risks
from agentgen.findings import Finding, Fix, finding
from agentgen.source import Source, Span

RISKY = ("fetch-and-run", "package-not-pinned", "secret-in-text", "private-path", "encoded-text", "html-hidden")
"""Codes of what a merge tells of where it is new."""

LOOKED_AT = 1_000_000
"""Characters of a text that are searched for risks: far more than an agent file has."""

_MOST = 500  # findings of one search: a file with more of them has enough
_UNSEEN = (unseen_risks, blob_risks)


def risks(text: str) -> list[Risk]:
    """What in a text a merge must tell of, in its order."""
    found = (risk for risk in _search(text, (*_UNSEEN, *_acting())) if risk.code in RISKY)
    return sorted(found, key=lambda risk: (risk.start, risk.code))


def unseen_findings(source: Source, front: Span | None = None, code: Sequence[Span] = ()) -> list[Finding]:
    """What stands in a file and is not seen on its page.

    Not in the frontmatter, `front`: comments, which are no text there, and indentation. Not in `code`: tags and
    comments, which a page does show.
    """
    found = [risk for risk in _search(source.text, _UNSEEN) if not _is_shown(source, risk, front, code)]
    return [risk_finding(source, risk) for risk in found] + _not_searched(source)


def risk_findings(source: Source) -> list[Finding]:
    """What a file tells an agent to fetch and run, secrets, and paths into somebody's home."""
    return [risk_finding(source, risk) for risk in _search(source.text, _acting())]


def risk_finding(source: Source, risk: Risk) -> Finding:
    """A risk at its place in a file."""
    return finding(source, risk.code, risk.start, risk.message, end=risk.end, fix=Fix(risk.fix))


def _acting() -> Sequence[Callable[[str], Iterator[Risk]]]:
    """The searches for what an agent would do; their patterns are not compiled for who only compares files."""
    from agentgen.content.commands import command_risks
    from agentgen.content.homes import home_risks

    return command_risks, secret_risks, home_risks


def _search(text: str, searches: Sequence[Callable[[str], Iterator[Risk]]]) -> Iterator[Risk]:
    for search in searches:
        yield from islice(search(text[:LOOKED_AT]), _MOST)


def _is_shown(source: Source, risk: Risk, front: Span | None, code: Sequence[Span]) -> bool:
    if front and risk.start < front.end:
        start = source.line_span(source.line_of(risk.start)).start
        return risk.code.startswith("html-") or not source.text[start : risk.start].strip()
    return risk.code.startswith("html-") and any(span.start <= risk.start < span.end for span in code)


def _not_searched(source: Source) -> list[Finding]:
    if len(source.text) <= LOOKED_AT:
        return []
    message = f"from here on the text is not searched: {LOOKED_AT} of its {len(source.text)} characters are"
    return [finding(source, "content-not-searched", LOOKED_AT, message, fix=Fix("split the file"))]
