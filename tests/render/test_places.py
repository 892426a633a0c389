"""Where nothing may be written or read, and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.errors import UserError
from agentgen.render.handles import ObstacleError, Root
from agentgen.render.places import bytes_at, check_root, obstacle, read_plain


def test_a_root_that_is_a_link_or_a_file_is_refused(tmp_path: Path) -> None:
    """The folder itself is named, so that it can be given instead."""
    folder, link, file = tmp_path / "folder", tmp_path / "link", tmp_path / "file"
    folder.mkdir()
    link.symlink_to(folder)
    file.write_text("")
    check_root(folder)
    check_root(tmp_path / "missing")
    with pytest.raises(UserError, match="this folder is a link") as raised:
        check_root(link)
    assert str(folder) in raised.value.problems[0].hint
    with pytest.raises(UserError, match="this is a file, not a folder"):
        check_root(file)


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    """A file where a folder must be, a folder where a file must be, a link anywhere; nothing where all is well."""
    (tmp_path / "file").write_text("text")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    assert obstacle(tmp_path, "file/agent.md").endswith("is not a folder")
    assert obstacle(tmp_path, "folder").endswith("is not a file")
    assert "links are not followed" in obstacle(tmp_path, "link/agent.md")
    assert obstacle(tmp_path, "folder/agent.md") == obstacle(tmp_path, "file") == ""


def test_a_file_is_read_or_refused(tmp_path: Path) -> None:
    """Its bytes, None where there is none, and an error with the place where something else stands there."""
    (tmp_path / "file").write_text("text")
    (tmp_path / "folder").mkdir()
    assert read_plain(tmp_path, "file") == b"text"
    assert read_plain(tmp_path, "missing") is None
    assert bytes_at(tmp_path / "file" / "below") is None
    with pytest.raises(UserError, match="is not a file") as raised:
        read_plain(tmp_path, "folder")
    assert raised.value.problems[0].path == str(tmp_path / "folder")
    with pytest.raises(UserError, match="cannot be read"):
        bytes_at(tmp_path / "folder")


def test_a_file_in_the_way_is_named_where_folders_cannot_be_held_open(tmp_path: Path) -> None:
    """As on systems that can."""
    (tmp_path / "file").write_text("text")
    with pytest.raises(ObstacleError, match="file is not a folder"), Root(tmp_path, None).folder("file/agent.md"):
        pass
