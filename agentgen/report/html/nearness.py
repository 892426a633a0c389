"""How near the variants are to each other, as a small heat map."""

from __future__ import annotations

from agentgen.report.html.markup import Html, tag
from agentgen.report.html.parts import Part, scroller
from agentgen.report.summary import Summary

_FITS = 10  # columns that the page holds without scrolling


def nearness_part(summary: Summary) -> Part:
    """A table with a shade and a percentage for each pair; left out for a single variant."""
    variants = [variant.id for variant in summary.comparison.variants]
    lead = "Of all items of two variants, the share that the other one says too (100% for copies)."
    if len(variants) < 2:
        return Part("nearness", "Nearness", Html())
    head = tag("tr", tag("td"), (tag("th", tag("span", variant), scope="col") for variant in variants))
    body = (_row(variant, summary.nearness[at], at) for at, variant in enumerate(variants))
    table = tag("table", tag("thead", head), tag("tbody", body), class_="nearness")
    return Part("nearness", "Nearness", scroller("Nearness", table, wide=len(variants) > _FITS), lead=lead)


def _row(variant: str, shares: tuple[float, ...], own: int) -> Html:
    cells = (_cell(share, at == own) for at, share in enumerate(shares))
    return tag("tr", tag("th", tag("span", variant), scope="row"), cells)


def _cell(share: float, own: bool) -> Html:
    return tag("td", class_="own") if own else tag("td", f"{round(100 * share)}%", class_=f"near h{round(10 * share)}")
