"""Findings about agent files: what each tool will load of them, and what will not work as their authors meant."""
