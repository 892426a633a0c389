"""How often each lint code is found in real agent files, each looked at as the tool that it was written for.

    python benchmarks/lint_rates.py CORPUS [--write] [--show CODE] [--severity error]

CORPUS is a folder with an INDEX.csv that names each file's repository and path there; the files are laid out at those
paths, so that names, folders and tools are what they were. `--write` stores the rates in `agentgen/lint/rates.json` and
in the table of `docs/linting.md`; `--show` prints every finding of a code, `--severity` those of a severity.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from agentgen.codes import CODES
from agentgen.lint.engine import lint
from agentgen.lint.model import Linted
from agentgen.render.targets import load_targets
from agentgen.source import read_source
from agentgen.workspace import bundled

ROOT = Path(__file__).resolve().parents[1]
RATES = ROOT / "agentgen/lint/rates.json"
PAGE = ROOT / "docs/linting.md"
_TABLE = re.compile(r"(?<=<!-- rates -->\n).*?(?=<!-- /rates -->)", re.DOTALL)
_ELSEWHERE = frozenset({"not-portable", "other-schema", "loads-otherwise-elsewhere", "tool-foreign"})
"""Codes about other tools than the file's own: measured with `--as all`."""
_OTHERS = ("recipe-", "merge-", "profile-", "output-", "approval-")
"""Codes of other commands."""


def main() -> int:
    """Lay out, lint, count, print."""
    options = _arguments()
    targets = load_targets([bundled("templates")])
    with tempfile.TemporaryDirectory() as scratch:
        placed = list(_lay_out(options.corpus, Path(scratch)))
        sources = [(read_source(path, str(path)), path) for path in placed]
        results = [lint(source, path, targets) for source, path in sources]
        elsewhere = [lint(source, path, targets, ["all"], _ELSEWHERE.__contains__) for source, path in sources]
        _print(results, Path(scratch), options)
    counts = Counter(code for result in (*results, *elsewhere) for code in {found.code for found in result.findings})
    if options.write:
        _write(counts, len(results))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", default="")
    parser.add_argument("--severity", default="")
    return parser.parse_args()


def _lay_out(corpus: Path, root: Path) -> Iterator[Path]:
    with (corpus / "INDEX.csv").open(encoding="utf-8", newline="") as index:
        rows = list(csv.DictReader(index))
    for row in rows:
        project = root / row["repo"].replace("/", "__")
        place = project / row["original_path"]
        place.parent.mkdir(parents=True, exist_ok=True)
        (project / ".git").mkdir(exist_ok=True)
        place.write_bytes((corpus / row["file"]).read_bytes())
        yield place


def _print(results: list[Linted], root: Path, options: argparse.Namespace) -> None:
    for result in results:
        for found in result.findings:
            if found.code == options.show or found.severity == options.severity:
                place = f"{Path(found.path).relative_to(root)}:{found.line}"
                sys.stdout.write(f"{place} {found.severity} {found.code}: {found.message}\n")
    files: Counter[tuple[str, str]] = Counter()
    for result in results:
        files.update({(found.code, found.severity.value) for found in result.findings})
    for (code, severity), count in sorted(files.items(), key=lambda entry: (-entry[1], entry[0])):
        sys.stdout.write(f"{count:5} {count / len(results):6.1%}  {severity:8} {code}\n")


def _write(counts: Counter[str], files: int) -> None:
    known = [code for code in CODES if not code.startswith(_OTHERS)]
    rates = {"date": f"{date.today():%Y-%m}", "files": files, "codes": {code: counts[code] for code in known}}
    RATES.write_text(json.dumps(rates, indent=2) + "\n", encoding="utf-8")
    rows = [
        f"| `{code}` | {CODES[code].severity} | {CODES[code].title} | {counts[code] / files:.1%} |" for code in known
    ]
    table = "\n".join(["| code | severity | what | files |", "|---|---|---|---|", *rows, ""])
    page = PAGE.read_text("utf-8")
    PAGE.write_text(_TABLE.sub(lambda _: table, page), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
