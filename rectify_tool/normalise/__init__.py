"""归一 — what was typed becomes what was meant: unit names, numbers, states, Row → Item or Reply."""
