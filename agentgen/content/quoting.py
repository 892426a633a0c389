"""Quoting a text in a message: in one line, cut, and without the secrets in it."""

from __future__ import annotations

from agentgen.content.secrets import without_secrets

_LOOKED_AT = 20  # times as much as is shown: a secret is recognised whole


def short(text: str, most: int = 80) -> str:
    """A text in one line of at most `most` characters."""
    flat = " ".join(without_secrets(text[: most * _LOOKED_AT]).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
