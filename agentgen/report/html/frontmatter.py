"""The frontmatter: a row a key, permissions and description first."""

from __future__ import annotations

from collections.abc import Mapping

from agentgen.compare.model import KeyDifference, KeyStatus
from agentgen.report.html.markup import Child, Html, join, tag
from agentgen.report.html.parts import Part, chip, line_number, scroller, stretches
from agentgen.report.summary import PERMISSION_KEYS, Summary
from agentgen.report.values import entries, show_value
from agentgen.report.wording import side_by_side

_FITS = 6  # columns that the page holds without scrolling
_LONG_LIST = 12  # entries of a list that are shown without asking
_KEY_WORDS = {KeyStatus.SAME: "same", KeyStatus.DIFFERENT: "different", KeyStatus.PARTIAL: "not in all"}
_KEY_LOOKS = {KeyStatus.SAME: "good", KeyStatus.DIFFERENT: "bad", KeyStatus.PARTIAL: "mild"}


def frontmatter_part(summary: Summary) -> Part:
    """Every key with each variant's value; what not all of them have is marked."""
    variants = [variant.id for variant in summary.comparison.variants]
    if not summary.keys:
        return Part("frontmatter", "Frontmatter", Html())
    head = tag("tr", tag("th", "Key", scope="col"), (tag("th", variant, scope="col") for variant in variants))
    body = tag("tbody", (_row(key, variants) for key in summary.keys))
    table = tag("table", tag("thead", head), body, class_="say keys" + " wide" * (len(variants) > _FITS))
    lead = "Values as they are meant, under canonical names. What an agent may do stands first."
    content = scroller("Frontmatter", table, wide=len(variants) > _FITS)
    return Part("frontmatter", "Frontmatter", content, summary.verdict.keys, lead)


def _row(key: KeyDifference, variants: list[str]) -> Html:
    permission = chip("note", "permission") if key.key in PERMISSION_KEYS else None
    name = tag(
        "th", tag("code", key.key), " ", chip(_KEY_LOOKS[key.status], _KEY_WORDS[key.status]), permission, scope="row"
    )
    return tag("tr", name, _values(key, variants))


def _values(key: KeyDifference, variants: list[str]) -> Child:
    if key.status is KeyStatus.SAME:
        value = show_value(next(iter(key.values.values())))
        return tag("td", tag("p", value), colspan=len(variants))
    shown = _shown(key)
    return [_value(key, variant, shown) for variant in variants]


def _value(key: KeyDifference, variant: str, shown: Mapping[str, Html]) -> Html:
    who = tag("b", variant)
    if variant not in shown:
        return tag("td", who, tag("p", "not given", class_="missing"))
    line = line_number(key.lines[variant]) if variant in key.lines else None
    return tag("td", who, shown[variant], tag("small", line))


def _shown(key: KeyDifference) -> dict[str, Html]:
    """The values for the page; list entries and words that not all variants have are marked."""
    if any(entries(value) for value in key.values.values()):
        common = set.intersection(*(set(entries(value)) for value in key.values.values()))
        return {variant: _list(value, common) for variant, value in key.values.items()}
    wordings = side_by_side([show_value(value) for value in key.values.values()])
    return {variant: tag("p", stretches(runs)) for variant, runs in zip(key.values, wordings, strict=True)}


def _list(value: object, common: set[str]) -> Html:
    found = entries(value)
    if not found:
        return join(show_value(value))
    marked = [tag("li", entry if entry in common else tag("mark", entry)) for entry in found]
    shown = tag("ul", marked[:_LONG_LIST], class_="entries")
    rest = marked[_LONG_LIST:]
    more = tag("details", tag("summary", f"and {len(rest)} more"), tag("ul", rest, class_="entries")) if rest else None
    return join(shown, more)
