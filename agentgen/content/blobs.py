"""Text that is written in base64 or hexadecimal digits, decoded once.

What comes out is shown, never decoded again and never run. That random letters decode to plain text does not happen:
that it does is the proof.
"""

from __future__ import annotations

import base64
import binascii
import bisect
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from agentgen.content.quoting import short
from agentgen.content.risk import Risk
from agentgen.content.secrets import secret_risks

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,}(?:[ \t]{0,20}(?:\r\n|\r|\n)[ \t]{0,20}[A-Za-z0-9+/_-]{20,})*={0,2}")
_HEX = re.compile(r"(?:0x)?[0-9A-Fa-f]{24,}(?![0-9A-Za-z])|(?:\\x[0-9A-Fa-f]{2}){6,}")
_SPACED = re.compile(r"(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{2}(?:[ :,]{1,2}(?:0x)?[0-9A-Fa-f]{2}){11,}(?![0-9A-Za-z])")
_SIGNS = re.compile(
    r"(?:%[0-9A-Fa-f]{2}){8,}|(?:\\u\{?[0-9A-Fa-f]{4}\}?){6,}|(?:&#(?:\d{2,6}|[xX][0-9A-Fa-f]{2,6});){6,}"
)  # each sign as its number
_MOST = 64 * 1024  # characters decoded of one blob
_LONG = 400  # from here on a blob is told of even where it is no text
_TEXT_SHARE = 0.75  # of letters, digits and blanks in decoded text
_WHITE = re.compile(r"\s+")
_SHOWN = 160


def blob_risks(text: str) -> Iterator[Risk]:
    """The encoded texts, and long runs of encoded bytes."""
    found = [risk for match in _BASE64.finditer(text) for risk in _judged(match, "base64", _from_base64(match[0]))]
    for match in _HEX.finditer(text):
        if not text[match.start() - 1 : match.start()].isalnum():
            found += _judged(match, "hexadecimal digits", _from_hex(match[0]))
    for match in _SPACED.finditer(text):
        found += _judged(match, "hexadecimal digits", _from_hex(re.sub("0x|[ :,]", "", match[0][: 4 * _MOST])))
    for match in _SIGNS.finditer(text) if any(sign in text for sign in ("\\u", "&#", "%")) else ():
        found += _judged(match, "numbers of signs", _from_signs(match[0][: 4 * _MOST]))
    found.sort(key=lambda risk: risk.start)
    secrets = [(risk.start, risk.end) for risk in secret_risks(text)] if found else []
    for risk in found:  # a token is in base64, too: what it says is nobody's business
        if not any(start < risk.end and risk.start < end for start, end in _near(secrets, risk)):
            yield risk


def _near(secrets: list[tuple[int, int]], risk: Risk) -> list[tuple[int, int]]:
    at = bisect.bisect_left(secrets, (risk.start, risk.start))
    return secrets[max(0, at - 1) : bisect.bisect_left(secrets, (risk.end, risk.end))]


def _judged(match: re.Match[str], how: str, raw: bytes | None) -> Iterator[Risk]:
    said = _as_text(raw) if raw is not None else ""
    length = len(match[0])
    if said:
        message = f"{length} characters of {how} say: {short(said, _SHOWN)}"
        yield Risk("encoded-text", match.start(), match.end(), message, "write it in plain text", said)
    elif raw is not None and length >= _LONG and not match[0].isalpha():
        message = f"{length} characters of {how} stand for bytes that are no text"
        yield Risk("encoded-bytes", match.start(), match.end(), message, "keep it in a file beside the agent", match[0])


def _from_base64(blob: str) -> bytes | None:
    """The bytes; None where it is no base64 (paths and names have the same letters)."""
    plain = _WHITE.sub("", blob[:_MOST]).rstrip("=").translate(str.maketrans("-_", "+/"))
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _from_hex(blob: str) -> bytes:
    digits = blob[: 2 * _MOST].replace("\\x", "").removeprefix("0x")
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


def _from_signs(blob: str) -> bytes:
    if blob.startswith("%"):
        return unquote_to_bytes(blob)
    if blob.startswith("&"):
        return html.unescape(blob).encode("utf-8", "replace")
    digits = "".join(char for char in blob if char not in "\\u{}")
    return bytes.fromhex(digits[: len(digits) // 4 * 4]).decode("utf-16-be", "replace").encode("utf-8")


def _as_text(raw: bytes) -> str:
    """The text, in UTF-8 or UTF-16; empty where the bytes are none."""
    for encoding in ("utf-8", "utf-16-le"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        any_script = encoding == "utf-8"  # any two bytes are a letter of some script in UTF-16
        common = sum((any_script or char.isascii()) and (char.isalnum() or char.isspace()) for char in text)
        if all(char.isprintable() or char in "\n\r\t" for char in text) and common >= _TEXT_SHARE * len(text):
            return text
    return ""
