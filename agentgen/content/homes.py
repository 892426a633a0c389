"""Paths into somebody's home folder: they tell a name, and lead nowhere on another machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentgen.content.risk import Risk

_HOME = re.compile(
    r"(?<![\w.~-])(?P<root>/Users/|/home/|(?:[A-Za-z]:)?(?:\\{1,4}|/)Users(?:\\{1,4}|/))(?P<name>[\w.-]{1,64})(?P<rest>[\\/]?)",
)
_ANYBODY = frozenset(
    re.split(
        " ",
        "user users username you yourname your-name your_name yourusername your-username your_username name me myuser "
        "someone somebody example shared public default ubuntu ec2-user vscode node runner app admin root jovyan coder "
        "codespace gitpod linuxbrew git www www-data dev developer devuser alice bob john jane foo bar test agent "
        "partimag",
    )
)


def home_risks(text: str) -> Iterator[Risk]:
    """The home folders named in a text; names that stand for anybody are none."""
    if "/home/" not in text and "Users" not in text:
        return
    for match in _HOME.finditer(text):
        name = match["name"].rstrip(".")
        if name.lower() in _ANYBODY or not match["rest"] or not name[:1].isalnum():
            continue
        path = f"{match['root']}{name}"
        message = f"{path} is one person's home folder: it tells a name, and is nowhere else"
        yield Risk("private-path", match.start(), match.end("name"), message, "write ~, or a path of the project", path)
