"""What each tool really reads of a file: its loader's behaviour, imitated.

The behaviours are named by what they do and chosen by `loader:` and `reading:` in `target.yaml`. `load.load` is the way
in: bytes and a target give what the tool sees, or why it sees nothing.
"""
