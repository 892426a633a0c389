"""Findings about agent files: what each tool will load of them, and what will not work as their authors meant.

A floor above `render` (whose targets say what a tool does) and `document` (which says what an author meant); only
`report` and `cli` import it. `engine` is the way in; each other module holds checks of one kind.
"""
