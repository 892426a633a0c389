"""What tools do to frontmatter that YAML refused, before they try once more.

description: Use when: x   ->   description: "Use when: x"      or      description: |-
                                                                          Use when: x
"""

from __future__ import annotations

import re

from agentgen.render.loading.yaml_values import Dialect, YamlError, read_mapping

_KEY_VALUE = re.compile(r"([a-zA-Z_-]+):\s+(\S[^\n\r\u2028\u2029]*)")
_SUSPICIOUS = re.compile(r"[{}\[\]*&#!|>%@`]|: ")
_BLOCK_KEY = re.compile(r"([a-zA-Z_][a-zA-Z0-9_]*)\s*:\s*(.*)")


def quoted_lines(block: str) -> str:
    """Top-level values that YAML might stumble over in double quotes, tabs at the left as blanks."""
    return "\n".join(_quoted(line) for line in block.split("\n"))


def _quoted(line: str) -> str:
    tabs = len(line) - len(line.lstrip("\t"))
    found = _KEY_VALUE.fullmatch(line)
    if found is None:
        return "  " * tabs + line[tabs:]
    key, value = found.groups()
    enclosed = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    if enclosed or _is_list(value) or not _SUSPICIOUS.search(value):
        return line
    return f'{key}: "' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_list(value: str) -> bool:
    if not (value.startswith("[") and value.endswith("]")):
        return False
    try:
        return isinstance(read_mapping(f"list: {value}", Dialect()).get("list"), list)
    except YamlError:
        return False


def blocked_lines(block: str) -> str:
    """Top-level values with a colon as literal block scalars. Lines are joined by LF."""
    return "\n".join(map(_blocked, re.split(r"\r?\n", block)))


def _blocked(line: str) -> str:
    found = _BLOCK_KEY.fullmatch(line)
    if found is None:
        return line
    key, value = found[1], found[2].strip()
    if ":" not in value or value in (">", "|") or value[0] in "\"'":
        return line
    return f"{key}: |-\n  {value}"
