"""The page: shell, security policy, navigation, and the parts in reading order."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from agentgen.compare.model import Comparison
from agentgen.report.detail import Details
from agentgen.report.html.changes import changes_part
from agentgen.report.html.conflicts import conflicts_part
from agentgen.report.html.findings import findings_part
from agentgen.report.html.frontmatter import frontmatter_part
from agentgen.report.html.markup import Html, link, tag
from agentgen.report.html.matrix import alone_part, matrix_part
from agentgen.report.html.nearness import nearness_part
from agentgen.report.html.parts import Part
from agentgen.report.html.rows import rows_part
from agentgen.report.html.tokens import token_table_part, tokens_part
from agentgen.report.html.verdict import verdict_part
from agentgen.report.review import Review
from agentgen.report.summary import Summary, summarize

_BESIDE = 8  # columns of a matrix that leaves room for something beside it


def comparison_html(comparison: Comparison, review: Review | None = None) -> str:
    """The whole comparison as one HTML file: no network, no scripts, the style allowed by its hash alone.

    A review of its two variants, where there is one, comes first.
    """
    summary = summarize(comparison)
    parts = [part for part in _parts(summary, review) if part.content]
    return (
        "<!doctype html>\n"
        + tag("html", _head(summary), _body(parts, summary.verdict.variants > _BESIDE), lang="en")
        + "\n"
    )


def _parts(summary: Summary, review: Review | None) -> Iterator[Part]:
    yield verdict_part(summary, review.sentence if review else summary.verdict.sentence)
    if review:
        yield changes_part(review)
    yield matrix_part(summary)
    yield nearness_part(summary)
    yield tokens_part(summary)
    yield frontmatter_part(summary)
    yield conflicts_part(summary)
    yield rows_part(summary, Details.of(summary.comparison))
    yield alone_part(summary)
    yield token_table_part(summary)
    yield findings_part(summary)


def _head(summary: Summary) -> Html:
    style = _style()
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{summary.verdict.variants} agent files compared"),
        tag("style", style),
    )


def _body(parts: list[Part], many: bool) -> Html:
    first, *others = parts
    return tag(
        "body",
        link("main", "Skip to the comparison", class_="skip"),
        tag("header", tag("h1", "Agent files compared"), first.content),
        tag("nav", tag("ul", (_entry(part) for part in others)), aria_label="Parts of this page"),
        tag("main", (_section(part) for part in others), id="main", tabindex=-1, class_="many" if many else None),
        tag(
            "footer", tag("p", "Written by agentgen from the files named above. Nothing on this page is loaded or run.")
        ),
    )


def _entry(part: Part) -> Html:
    count = None if part.count is None else tag("span", part.count, class_="count")
    return tag("li", link(part.id, part.title, " " if count else None, count))


def _section(part: Part) -> Html:
    title = tag("h2", part.title, id=f"{part.id}-title")
    lead = tag("p", part.lead, class_="lead") if part.lead else None
    return tag("section", title, lead, part.content, id=part.id, aria_labelledby=f"{part.id}-title")


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> Html:
    """The style sheet without indentation and empty lines. It is ours, so it goes into the page as it is."""
    lines = (files(__package__) / "style.css").read_text(encoding="utf-8").splitlines()
    return Html("\n".join(stripped for line in lines if (stripped := line.strip())))
