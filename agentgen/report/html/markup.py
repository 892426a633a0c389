"""Elements of a page, safe by construction: whatever is not `Html` is escaped, and what hides in it is made visible.

tag("p", "a < b", class_="quote")    ->  <p class="quote">a &lt; b</p>
tag("p", "a\\u200bb")                 ->  <p>a<span class="hidden">U+200B</span>b</p>
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from agentgen.report.visible import pieces, visible


class Html(str):
    """Markup that goes into a page as it is. Made here only, and by joining what was made here."""

    __slots__ = ()


Child = Html | str | int | Iterable["Child"] | None
Attribute = str | int | bool | None

_VOID = frozenset({"meta"})


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element. `class_` is written as `class`, `aria_label` as `aria-label`; False and None leave one out."""
    opening = "".join([name, *(_attribute(key, value) for key, value in attributes.items())])
    return Html(f"<{opening}>" if name in _VOID else f"<{opening}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Children one after the other; None is nothing."""
    return Html("".join(_child(child) for child in children))


def text(value: str) -> Html:
    """Plain text, escaped, with labels for the characters that cannot be seen."""
    return Html(
        "".join(
            f'<span class="hidden">{escape(piece.text)}</span>' if piece.hidden else escape(piece.text, quote=False)
            for piece in pieces(value)
        )
    )


def link(target: str, *children: Child, **attributes: Attribute) -> Html:
    """A link to a place on this page."""
    return tag("a", *children, href=f"#{quote(target.encode('utf-8', 'surrogateescape'))}", **attributes)


def _child(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, str | int):
        return text(str(child))
    return join(*child)


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'
