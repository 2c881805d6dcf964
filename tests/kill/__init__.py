"""The kill harness: kill -9 while the ledger is written, at any moment, and look at what is left (reliability R8)."""
