"""Secrets in a text: keys and tokens by the shape that their makers gave them, passwords by their randomness.

A secret is never shown: what is told are its first letters and its length. Samples and placeholders are none.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from agentgen.content.glance import may_hold
from agentgen.content.risk import Risk

_SHOWN = 4  # characters of a secret that are told: its maker's prefix
_SHAPES = {
    "an AWS access key": r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])",
    "a GitHub token": r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{59,251})",
    "a GitLab token": r"(?<![A-Za-z0-9])gl(?:pat|rt|dt|cbt)-[\w-]{20,64}",
    "a Slack token": r"(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{20,251}|"
    r"hooks\.slack\.com/services/T\w{8,12}/B\w{8,12}/\w{20,30}",
    "an Anthropic key": r"(?<![A-Za-z0-9])sk-ant-[\w-]{24,251}",
    "an OpenAI key": r"(?<![A-Za-z0-9-])sk-(?!ant-)(?:(?:proj|svcacct|admin)-[\w-]{24,251}|"
    r"[A-Za-z0-9]{32,64}(?![\w-]))",
    "a Google key": r"(?<![A-Za-z0-9])AIza[\w-]{35}(?![\w-])|(?<![A-Za-z0-9])GOCSPX-[\w-]{28}",
    "a Stripe key": r"(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{20,251}",
    "an npm token": r"(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])",
    "a PyPI token": r"(?<![A-Za-z0-9])pypi-[\w-]{50,251}",
    "a Hugging Face token": r"(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30,64}(?![A-Za-z0-9])",
    "a SendGrid key": r"(?<![A-Za-z0-9])SG\.[\w-]{20,24}\.[\w-]{40,50}",
    "a Slack app token": r"(?<![A-Za-z0-9])xapp-\d-[A-Z0-9]{6,20}-\d{6,20}-[0-9a-f]{32,128}",
    "an OpenRouter key": r"(?<![A-Za-z0-9])sk-or-v1-[0-9a-f]{48,128}",
    "a Google token": r"(?<![A-Za-z0-9])ya29\.[\w-]{40,400}",
    "a webhook's secret": r"(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/]{24,100}",
    "a DigitalOcean token": r"(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}",
    "a Shopify token": r"(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-f]{32}",
    "a Databricks token": r"(?<![A-Za-z0-9])dapi[0-9a-f]{32}",
    "a Vault token": r"(?<![A-Za-z0-9])hv[sb]\.[\w-]{24,200}",
    "a Linear key": r"(?<![A-Za-z0-9])lin_api_[A-Za-z0-9]{32,64}",
    "a Notion token": r"(?<![A-Za-z0-9])ntn_[A-Za-z0-9]{40,60}",
    "a Figma token": r"(?<![A-Za-z0-9])figd_[\w-]{36,60}",
    "a Postman key": r"(?<![A-Za-z0-9])PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
    "a Doppler token": r"(?<![A-Za-z0-9])dp\.(?:pt|st|ct|sa)\.[\w.-]{40,80}",
    "a Docker token": r"(?<![A-Za-z0-9])dckr_pat_[\w-]{24,40}",
    "a Grafana token": r"(?<![A-Za-z0-9])glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}",
    "a New Relic key": r"(?<![A-Za-z0-9])NRAK-[A-Z0-9]{27}",
    "a Sentry token": r"(?<![A-Za-z0-9])sntry[su]_[A-Za-z0-9+/=_-]{40,400}",
    "a Groq key": r"(?<![A-Za-z0-9])gsk_[A-Za-z0-9]{48,60}",
    "a Replicate token": r"(?<![A-Za-z0-9])r8_[A-Za-z0-9]{37}",
    "a Perplexity key": r"(?<![A-Za-z0-9])pplx-[A-Za-z0-9]{40,60}",
    "an xAI key": r"(?<![A-Za-z0-9])xai-[A-Za-z0-9]{60,100}",
    "a Supabase token": r"(?<![A-Za-z0-9])sbp_[0-9a-f]{40}",
    "an Atlassian token": r"(?<![A-Za-z0-9])ATATT3x[\w=-]{100,300}",
    "a Telegram token": r"(?<![A-Za-z0-9])\d{8,10}:AA[\w-]{33}(?![\w-])",
    "an Azure key": r"(?<=AccountKey=)[A-Za-z0-9+/]{86}==",
    "a Discord webhook": r"discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,80}",
    "an authorization": r"(?<=Bearer )[A-Za-z0-9_.~+/-]{32,1000}={0,2}(?![\w-])|"
    r"(?<=Authorization: Basic )[A-Za-z0-9+/]{16,400}={0,2}",
    "a private key": r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:[^-]{0,8000}-----END[^-]{0,40}-----)?",
    "a JSON Web Token": r"(?<![A-Za-z0-9_-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}",
    "a password in an address": r"(?<=://)[^\s:/@\"'<>{}$]{1,64}:(?P<password>[^\s:/@\"'<>{}$]{8,64})@(?=[\w.-]+)",
}
_BEGINNINGS = {
    "an AWS access key": ("AKIA", "ASIA"),
    "a GitHub token": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    "a GitLab token": ("glpat-", "glrt-", "gldt-", "glcbt-"),
    "a Slack token": ("xox", "hooks.slack"),
    "an Anthropic key": ("sk-ant-",),
    "an OpenAI key": ("sk-",),
    "a Google key": ("AIza", "GOCSPX-"),
    "a Stripe key": ("k_live_",),
    "an npm token": ("npm_",),
    "a PyPI token": ("pypi-",),
    "a Hugging Face token": ("hf_",),
    "a SendGrid key": ("SG.",),
    "a Slack app token": ("xapp-",),
    "an OpenRouter key": ("sk-or-v1-",),
    "a Google token": ("ya29.",),
    "a webhook's secret": ("whsec_",),
    "a DigitalOcean token": ("_v1_",),
    "a Shopify token": ("shpat_", "shpca_", "shppa_", "shpss_"),
    "a Databricks token": ("dapi",),
    "a Vault token": ("hvs.", "hvb."),
    "a Linear key": ("lin_api_",),
    "a Notion token": ("ntn_",),
    "a Figma token": ("figd_",),
    "a Postman key": ("PMAK-",),
    "a Doppler token": ("dp.",),
    "a Docker token": ("dckr_pat_",),
    "a Grafana token": ("glsa_",),
    "a New Relic key": ("NRAK-",),
    "a Sentry token": ("sntrys_", "sntryu_"),
    "a Groq key": ("gsk_",),
    "a Replicate token": ("r8_",),
    "a Perplexity key": ("pplx-",),
    "an xAI key": ("xai-",),
    "a Supabase token": ("sbp_",),
    "an Atlassian token": ("ATATT3x",),
    "a Telegram token": (":AA",),
    "an Azure key": ("AccountKey=",),
    "a Discord webhook": ("/api/webhooks/",),
    "an authorization": ("Bearer ", "Basic "),
    "a private key": ("PRIVATE KEY",),
    "a JSON Web Token": ("eyJ",),
    "a password in an address": ("://",),
}
"""One of these stands in every text that a shape fits: looking for them takes no time."""
_NAMED = {name: f"s{number}" for number, name in enumerate(_SHAPES)}
# What fits is compiled by the first text that may hold it; few do.
_ASSIGNED = (
    r"(?i:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)[\"']?"
    r"[ \t]{0,8}(?:[:=]|=>|:=)[ \t]{0,8}[\"']?(?P<value>[\w+/=.!@#$%^&*~-]{16,128})(?![\w+/=.!@#$%^&*~(\[{-])"
)
_KINDS = (
    *("password", "passwd", "passphrase", "secret", "token", "credential", "apikey", "api_key", "api-key"),
    *("accesskey", "access_key", "access-key", "privatekey", "private_key", "private-key"),
)
"""One of these stands in every text that it fits."""
_SAMPLE = re.compile(
    r"example|sample|placeholder|your|dummy|fake|mock|test|demo|change|replace|insert|redacted|secret|password|token|"
    r"xxx|\*\*\*|\.\.\.|1234567|7654321|abcdef|qwerty|foobar|process\.|environ|env\.|config|here",
    re.IGNORECASE,
)
_LEAST_ENTROPY = 3.6  # bits a character; words and dates stay below in values of this length
_LEAST_SHAPED = 2.8  # a shape says enough: only `AKIAAAAA…` is left out


def secret_risks(text: str) -> Iterator[Risk]:
    """The secrets of a text in its order, each once a place."""
    found = sorted((*_shaped(text), *_assigned(text)), key=lambda risk: (risk.start, risk.code))
    end = -1
    for risk in found:
        if risk.start >= end:
            yield risk
            end = risk.end


def masked(secret: str) -> str:
    """What may be shown of a secret: how it begins where that tells whose it is, and its length."""
    shapes = _shapes_in(secret)
    if shapes is None or not shapes.match(secret):
        return f"({len(secret)} characters)"
    return f"{secret[:_SHOWN]}… ({len(secret)} characters)"


def without_secrets(text: str) -> str:
    """The text with what may be shown of each secret in its place."""
    parts: list[str] = []
    place = 0
    for risk in secret_risks(text):
        parts += (text[place : risk.start], masked(text[risk.start : risk.end]))
        place = risk.end
    return "".join((*parts, text[place:]))


def _shaped(text: str) -> Iterator[Risk]:
    shapes = _shapes_in(text)
    if shapes is None:
        return
    names = {group: name for name, group in _NAMED.items()}
    for match in shapes.finditer(text):
        found = match.groupdict()
        inside = found.pop("password", None)
        name = next(names[group] for group, value in found.items() if value is not None)
        value = inside or match[0]
        if name == "a private key" or not _is_sample(value, _LEAST_SHAPED):
            yield _risk(name, match.start("password") if inside else match.start(), value)


def _shapes_in(text: str) -> re.Pattern[str] | None:
    """What finds the secrets whose beginnings stand in a text."""
    names = tuple(name for name, beginnings in _BEGINNINGS.items() if any(each in text for each in beginnings))
    return _compiled(names) if names else None


@lru_cache(maxsize=64)
def _compiled(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{_NAMED[name]}>{_SHAPES[name]})" for name in names))


def _assigned(text: str) -> Iterator[Risk]:
    """Values beside a word for secrets that look drawn by lot."""
    if not may_hold(text, _KINDS):
        return
    for match in re.finditer(_ASSIGNED, text):
        value = match["value"]
        if _mixed(value) and not _is_sample(value, _LEAST_ENTROPY):
            yield _risk("a random value", match.start("value"), value)


def _risk(name: str, start: int, value: str) -> Risk:
    message = f"{name} stands in the text: {masked(value)}"
    hint = "take it out and have it revoked: who has the file has the secret; name an environment variable instead"
    key = f"{name} {hashlib.sha256(value.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
    return Risk("secret-in-text", start, start + len(value), message, hint, key)


def _is_sample(value: str, least: float) -> bool:
    return bool(_SAMPLE.search(value) or _SAMPLE.search(_decoded(value))) or _entropy(value) < least


def _decoded(value: str) -> str:
    """The text whose base64 a value is: the sample of a page on deployments is often an encoded word."""
    try:
        text = base64.b64decode(value.split(".")[1] + "==" if value.startswith("eyJ") else value, altchars=b"-_")
    except (ValueError, IndexError):
        return ""
    return text.decode("utf-8", "ignore")


def _mixed(value: str) -> bool:
    """Letters of both cases and digits, as generated values have, or hexadecimal digits of both kinds."""
    digits, lower, upper = (any(test(char) for char in value) for test in (str.isdigit, str.islower, str.isupper))
    return digits and ((lower and upper) or bool(re.fullmatch(r"[0-9a-f-]{32,}", value)))


def _entropy(value: str) -> float:
    """Bits a character, from how often each occurs in the value itself."""
    counts = Counter(value)
    return -sum(count / len(value) * math.log2(count / len(value)) for count in counts.values())
