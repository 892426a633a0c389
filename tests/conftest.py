"""Fixtures shared by all tests: the folder of real agent files, where there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow, and no test measures time.
settings.register_profile("agentgen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("agentgen")

REPOSITORY = Path(__file__).resolve().parent.parent


def shared_folder() -> Path | None:
    """The folder with `seeds/`, `corpus/` and `gold/`, or None where this machine has none."""
    folder = Path(os.environ.get("AGENTGEN_CORPUS") or REPOSITORY.parent / "shared")
    return folder if (folder / "seeds").is_dir() else None


def seed_paths() -> list[Path]:
    """The five seed files in the order of their names; empty where there is no shared folder."""
    folder = shared_folder()
    return sorted((folder / "seeds").glob("*.txt")) if folder else []


def corpus_paths() -> list[Path]:
    """Every agent file of the corpus, families included; empty where there is no shared folder."""
    folder = shared_folder()
    if folder is None:
        return []
    found = [*(folder / "corpus" / "files").iterdir(), *(folder / "corpus" / "families").glob("*/*")]
    return sorted(path for path in found if path.is_file() and path.name != "FAMILIES.md")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder; the test is skipped, with the reason, where there is none."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("no shared folder of real agent files; set AGENTGEN_CORPUS")
    return folder


@pytest.fixture(scope="session")
def seeds(shared: Path) -> list[Path]:
    """The five seed files."""
    found = seed_paths()
    assert len(found) == 5
    return found


@pytest.fixture(scope="session")
def corpus(shared: Path) -> list[Path]:
    """Every agent file of the corpus."""
    found = corpus_paths()
    assert len(found) > 400
    return found


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the tests make agentgen remember is not remembered outside them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
