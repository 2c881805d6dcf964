"""行文 — one module per paper of the office: an Outcome in, plain data out; writes nothing."""
