"""Does `agentgen lint --as` say what the tools themselves do?

    python benchmarks/loader_agreement.py CORPUS REAL_LOADERS [--per-tool 60] [--tools NAME,…] [--work DIR]

CORPUS is a folder of agent files; REAL_LOADERS a script that starts the real tools on `DIR/<tool>/<the tool's path>`
and prints as JSON what each loaded. The files are laid out in every tool's folder as they are, each under a name of its
own. Agreement means: both say that the agent is loaded, or both say that it is not. The script looks
agents up by their names: a file without one, or with a colon in it, that it does not find is counted apart.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from agentgen.render.loading.load import load
from agentgen.render.spec import Target
from agentgen.render.targets import Targets, load_targets
from agentgen.workspace import bundled

TOOLS = (
    "claude-code",
    "factory-droid",
    "github-copilot",
    "opencode",
    "gemini-cli",
    "qwen-code",
    "kilo-code",
    "codex",
)
_NAME = re.compile(rb"^name *[:=][ \t]*[\"']?([^\"'\r\n]*)", re.MULTILINE)


def main() -> int:
    """Lay out, ask, compare, print."""
    options = _arguments()
    targets = load_targets([bundled("templates")])
    with tempfile.TemporaryDirectory() as scratch:
        root = options.work or Path(scratch)
        files = _distinct(sorted(path for path in options.corpus.rglob("*") if path.is_file()), options.per_tool)
        laid = {
            (tool, place): path
            for tool in options.tools.split(",")
            for place, path in _lay_out(root, tool, files, targets)
        }
        command = [sys.executable, str(options.loaders), str(root), "--json"]
        said = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
        differing = _compare(said["tools"], laid, root, targets)
    return 1 if differing else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("loaders", type=Path)
    parser.add_argument(
        "--per-tool", type=int, default=60, help="files of each kind of extension (default %(default)s)"
    )
    parser.add_argument("--tools", default=",".join(TOOLS), help="default: %(default)s")
    parser.add_argument("--work", type=Path, help="keep the laid out files here")
    return parser.parse_args()


def _distinct(paths: Iterable[Path], limit: int) -> list[Path]:
    """At most `limit` Markdown and TOML files each, spread over the folder, no two of which declare one name."""
    chosen: list[Path] = []
    for suffix in (".md", ".toml"):
        seen: set[bytes] = set()
        fitting = []
        for path in paths:
            found = _NAME.search(path.read_bytes()) if path.suffix == suffix else None
            name = found[1].strip().lower() if found else path.name.encode()
            if path.suffix == suffix and name not in seen:
                seen.add(name)
                fitting.append(path)
        step = max(1, len(fitting) // limit)
        chosen += fitting[::step][:limit]
    return chosen


def _lay_out(root: Path, tool: str, files: list[Path], targets: Targets) -> Iterable[tuple[str, Path]]:
    target: Target = targets[tool]
    for path in files:
        if path.suffix == Path(target.path).suffix:
            place = target.path.replace("{name}", re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-"))
            copy = root / tool / place
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            yield place, path


def _compare(reports: list[dict[str, object]], laid: dict[tuple[str, str], Path], root: Path, targets: Targets) -> int:
    differing = 0
    for report in reports:
        tool = str(report["tool"])
        if report["status"] != "run":
            sys.stdout.write(f"{tool:16} not run: {report['reason']}\n")
            continue
        verdicts = report["files"]
        assert isinstance(verdicts, dict)
        agreed = unknown = 0
        for place, verdict in verdicts.items():
            raw = (root / tool / place).read_bytes()
            ours = load(raw, targets[tool], targets.vocabulary)
            if ours.loads and not verdict["loaded"] and not _can_be_looked_up(raw):
                unknown += 1
            elif ours.loads == verdict["loaded"]:
                agreed += 1
            else:
                differing += 1
                sys.stdout.write(
                    f"  {tool}: {laid[tool, place].name}\n    agentgen: {ours.status} {ours.reason}\n"
                    f"    the tool: {'loaded' if verdict['loaded'] else verdict['error'][:200]}\n"
                )
        loaded = sum(verdict["loaded"] for verdict in verdicts.values())
        apart = f"; cannot be told: {unknown}" if unknown else ""
        sys.stdout.write(f"{tool:16} {agreed} of {len(verdicts) - unknown} agree; the tool loads {loaded}{apart}\n")
    return differing


def _can_be_looked_up(raw: bytes) -> bool:
    name = _NAME.search(raw)
    return name is not None and bool(name[1].strip()) and b":" not in name[1]


if __name__ == "__main__":
    sys.exit(main())
