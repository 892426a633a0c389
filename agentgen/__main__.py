"""`python -m agentgen`: the command, where no script of that name is on the path."""

from agentgen.cli.main import run

run()
