"""故事 — one function per command, each a few lines one can read aloud."""
