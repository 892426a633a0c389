"""The coverage-guided fuzzer: `python -m tests.fuzz.harness WORK [libFuzzer options]`, with atheris installed.

The first byte of an input chooses the reader, the rest is its file. WORK is a folder outside the repository for inputs
that reach new code; it is filled at the start with files of this repository and, where there are any, the real agent
files of $AGENTGEN_CORPUS. An input that breaks a promise is written to the current folder: cut it down, and put it
into `tests/fuzz/cases/`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["agentgen"]):
    from tests.fuzz.oracles import ORACLES, hold, targets

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 8192
DEFAULTS = [f"-max_len={LARGEST}", "-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1"]


def one_input(data: bytes) -> None:
    """Give the chosen reader the rest."""
    if data:
        hold(ORACLES[data[0] % len(ORACLES)], data[1:])


def seeds() -> Iterator[bytes]:
    """Files for the readers that they fit."""
    for path in (ROOT / "tests/fuzz/cases").glob("*/*"):
        yield _for(path.parent.name, path)
    markdown = [*ROOT.glob("profiles/*/variants/*"), *ROOT.glob("tests/**/*.md"), *_real()]
    for name in ("document", "alone", "loaders"):
        yield from (_for(name, path) for path in markdown)
    for name in ("profile", "recipe", "lock"):
        yield from (_for(name, path) for path in ROOT.glob(f"profiles/*/*{name}*.yaml"))
    yield from (_for("target", path) for path in ROOT.glob("templates/*/target.yaml"))
    yield _for("vocabulary", ROOT / "templates/vocabulary.yaml")
    golden = [path for path in ROOT.glob("tests/render/**/*") if path.suffix in (".json", ".toml", ".yaml")]
    yield from (_for("other_formats", path) for path in golden)
    yield from (_for("manifest", path) for path in ROOT.glob("dist/*/*.json"))


def _real() -> Iterator[Path]:
    shared = os.environ.get("AGENTGEN_CORPUS")
    yield from Path(shared).glob("corpus/files/*") if shared else ()


def _for(name: str, path: Path) -> bytes:
    number = next(at for at, oracle in enumerate(ORACLES) if oracle.__name__ == name)
    return bytes([number]) + path.read_bytes()[: LARGEST - 1]


def main() -> None:
    """Fill the work folder and run."""
    work = Path(sys.argv[1])
    work.mkdir(parents=True, exist_ok=True)
    for data in seeds():
        (work / sha256(data).hexdigest()[:20]).write_bytes(data)
    targets()
    words = f"-dict={Path(__file__).with_name('words.dict')}"
    atheris.Setup([sys.argv[0], str(work), words, *DEFAULTS, *sys.argv[2:]], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
