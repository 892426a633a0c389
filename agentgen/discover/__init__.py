"""Finding the agent files in a tree and telling which of them are one agent."""
