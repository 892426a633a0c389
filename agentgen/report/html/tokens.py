"""What each variant costs: tokens by section."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.report.html.markup import Html, join, link, tag
from agentgen.report.html.parts import Part, scroller, topic_anchor
from agentgen.report.summary import Row, Summary
from agentgen.report.tokens import HOW, estimate

_FITS = 8  # columns that the page holds without scrolling


def tokens_part(summary: Summary) -> Part:
    """A bar a variant."""
    variants = [variant.id for variant in summary.comparison.variants]
    totals = [sum(figures) for figures in zip(_frontmatter(summary), *_topics(summary), strict=True)]
    return Part("tokens", "Tokens", _bars(variants, totals), lead=HOW)


def token_table_part(summary: Summary) -> Part:
    """Tokens by topic and variant, folded."""
    variants = [variant.id for variant in summary.comparison.variants]
    columns = (tag("th", tag("span", variant), scope="col") for variant in variants)
    head = tag("thead", tag("tr", tag("th", "Topic", scope="col"), columns))
    body = tag("tbody", _line(join("(frontmatter)"), _frontmatter(summary)), map(_topic, summary.rows))
    table = scroller("Tokens by topic", tag("table", head, body, class_="tokens"), wide=len(variants) > _FITS)
    folded = tag("details", tag("summary", "Show the table"), table)
    return Part("tokens-by-topic", "Tokens by topic", folded, lead="The same estimate, section by section.")


def _frontmatter(summary: Summary) -> list[int]:
    documents = [variant.document for variant in summary.comparison.variants]
    return [estimate(document.source.slice(document.frontmatter.span)) for document in documents]


def _topics(summary: Summary) -> list[list[int]]:
    return [[cell.tokens for cell in row.cells] for row in summary.rows]


def _topic(row: Row) -> Html:
    title = link(topic_anchor(row.topic.id), row.topic.title)
    return _line(title, [cell.tokens if cell.section else None for cell in row.cells])


def _line(title: Html, figures: Sequence[int | None]) -> Html:
    return tag("tr", tag("th", title, scope="row"), (tag("td", figure) for figure in figures))


def _bars(variants: Sequence[str], totals: Sequence[int]) -> Html:
    """A bar a variant, as wide as its share of the largest."""
    largest = max([*totals, 1])
    return tag(
        "ul", (_bar(variant, total, largest) for variant, total in zip(variants, totals, strict=True)), class_="bars"
    )


def _bar(variant: str, total: int, largest: int) -> Html:
    drawn = tag(
        "svg",
        tag("rect", width=round(100 * total / largest), height=1),
        viewBox="0 0 100 1",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
    return tag("li", tag("span", variant), drawn, tag("b", f"{total:,}"))
