"""Values as JSON text that is safe to show: what a reader cannot see is escaped, lone surrogates too."""

from __future__ import annotations

import json
import re

_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BEYOND = re.compile("[\U000e0000-\U000e0fff]")


def json_text(value: object) -> str:
    """One JSON document, indented, with a line end behind it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    text = _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return _BEYOND.sub(lambda match: json.dumps(match.group())[1:-1], text) + "\n"
