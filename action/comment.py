"""One comment on a pull request: written the first time, brought up to date from then on."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_PAGE = 100
_SECONDS = 30


@dataclass(frozen=True)
class Pull:
    """A pull request, and the account that comments on it. `api` is the address of the forge's API."""

    api: str
    repository: str
    number: int
    author: str
    token: str = field(repr=False)

    @property
    def issue(self) -> str:
        """The path of the pull request's thread."""
        return f"/repos/{self.repository}/issues/{self.number}"


def put_comment(pull: Pull, mark: str, body: str) -> str:
    """Write the comment that begins with `mark`, over the one that the author wrote before; why not, where it fails.

    A comment of anybody else is left alone, whatever it begins with.
    """
    if not _REPOSITORY.fullmatch(pull.repository):
        return f"this is no repository: {pull.repository}"
    try:
        own = next((each for each in _comments(pull) if _is_own(each, pull, mark)), None)
        if own is None:
            _call(pull, "POST", f"{pull.issue}/comments", {"body": body})
        elif own["body"] != body:
            _call(pull, "PATCH", f"/repos/{pull.repository}/issues/comments/{int(own['id'])}", {"body": body})
    except urllib.error.HTTPError as error:
        return f"the forge answers {error.code}: does the token have `pull-requests: write`? Those of forks never have"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"the forge cannot be asked: {type(error).__name__}"
    return ""


def _is_own(comment: Any, pull: Pull, mark: str) -> bool:
    return str(comment["body"]).startswith(mark) and comment["user"]["login"] == pull.author


def _comments(pull: Pull) -> Iterator[Any]:
    page = 1
    while True:
        found = _call(pull, "GET", f"{pull.issue}/comments?per_page={_PAGE}&page={page}")
        yield from found
        if len(found) < _PAGE:
            return
        page += 1


def _call(pull: Pull, method: str, path: str, content: object = None) -> Any:
    request = urllib.request.Request(
        pull.api + path,
        method=method,
        data=None if content is None else json.dumps(content).encode("ascii"),
        headers={
            "Authorization": f"Bearer {pull.token}",
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        return json.loads(answer.read())
