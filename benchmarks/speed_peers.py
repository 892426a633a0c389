"""Other tools that do the nearest same work, where they are installed.

    npm install --prefix $BENCH/rulesync rulesync@17.0.0
    npm install --prefix $BENCH/ruler @intellectronica/ruler@0.3.44
    python -m venv $BENCH/agent-sync && $BENCH/agent-sync/bin/pip install agent-sync==1.2.0

with `BENCH` the folder that `AGENTGEN_PEERS` names; without it they are looked for on the search path.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from speed_run import Command

INSTALL = {
    "rulesync": "npm install --prefix $AGENTGEN_PEERS/rulesync rulesync@17.0.0",
    "ruler": "npm install --prefix $AGENTGEN_PEERS/ruler @intellectronica/ruler@0.3.44",
    "agent-sync": "python -m venv $AGENTGEN_PEERS/agent-sync && "
    "$AGENTGEN_PEERS/agent-sync/bin/pip install agent-sync==1.2.0",
}


def found() -> dict[str, str]:
    """The program of each tool that is installed."""
    folder = os.environ.get("AGENTGEN_PEERS", "")
    places = {name: (f"{folder}/{name}/node_modules/.bin/{name}", f"{folder}/{name}/bin/{name}") for name in INSTALL}
    programs = {
        name: next((place for place in two if folder and Path(place).exists()), None) or shutil.which(name)
        for name, two in places.items()
    }
    return {name: program for name, program in programs.items() if program}


def render(name: str, program: str, files: list[Path], folder: Path) -> Command:
    """The command that makes files for other tools of agent files: for two tools, with `agent-sync` for one."""
    folder.mkdir(parents=True)
    return {"rulesync": _rulesync, "ruler": _ruler, "agent-sync": _agent_sync}[name](program, files, folder)


def _rulesync(program: str, files: list[Path], folder: Path) -> Command:
    source = folder / ".rulesync" / "subagents"
    source.mkdir(parents=True)
    for file in files:
        _, head, body = file.read_text("utf-8").split("---\n", 2)
        kept = "".join(line for line in head.splitlines(keepends=True) if line.startswith(("name:", "description:")))
        (source / file.name).write_text(f'---\ntargets: ["*"]\n{kept}---\n{body}', "utf-8")
    words = [program, "generate", "-t", "claudecode,opencode", "-f", "subagents", "--silent"]
    return Command("rulesync (2 targets)", words, folder, lambda: _clear(folder, ".claude", ".opencode"))


def _ruler(program: str, files: list[Path], folder: Path) -> Command:
    source = folder / ".ruler" / "agents"
    source.mkdir(parents=True)
    (folder / ".ruler" / "AGENTS.md").write_text("# Rules\n", "utf-8")
    for file in files:
        shutil.copy(file, source / file.name)
    words = [program, "apply", "--agents", "claude,copilot", "--subagents", "--local-only"]
    words += ["--no-backup", "--no-gitignore", "--no-mcp"]
    return Command("ruler (2 targets)", words, folder, lambda: _clear(folder, ".claude", ".github"))


def _agent_sync(program: str, files: list[Path], folder: Path) -> Command:
    source = folder / "agents"
    source.mkdir()
    for file in files:
        shutil.copy(file, source / file.name)
    words = [program, "--source-dir", "agents", "--target-dir", "out", "--source-format", "claude"]
    words += ["--target-format", "copilot", "--config-type", "agent", "--direction", "source-to-target"]
    return Command(
        "agent-sync (1 target)",
        [*words, "--state-file", str(folder / "state.json")],
        folder,
        lambda: _clear(folder, "out", "state.json"),
    )


def _clear(folder: Path, *names: str) -> None:
    for name in names:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)
