"""结构 — the tables of 台账.db, made by named migrations and checked object by object.

A migration is a function with a name of its own, applied once and never changed afterwards; what the tables should
look like is known by applying the same migrations to an empty database in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import cache

APPLICATION_ID = int.from_bytes(b"RECT", "big")
"""台账的记号 — in the header of the file, so that another program's database is known at once."""


def _first_tables(db: sqlite3.Connection) -> None:
    for statement in _FIRST_TABLES.split(";\n"):
        db.execute(statement)
    for table in RECORDED:
        _keep_for_ever(db, table)


MIGRATIONS: dict[str, Callable[[sqlite3.Connection], None]] = {
    "2026-11-23 first tables": _first_tables,
}
"""沿革 — every change of the tables in its order, by name."""


def migrate(db: sqlite3.Connection, at: datetime) -> None:
    """升级 — apply the migrations still wanting, in the transaction that is open; ``at`` is when."""
    db.execute(_MIGRATION)
    done = applied(db)
    for name, change in MIGRATIONS.items():
        if name not in done:
            change(db)
            db.execute("INSERT INTO migration (name, applied) VALUES (?, ?)", (name, at.isoformat()))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def applied(db: sqlite3.Connection) -> tuple[str, ...]:
    """已做的升级 — the names of the migrations in their order; empty where the table is missing."""
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'migration'").fetchone():
        return ()
    return tuple(name for (name,) in db.execute("SELECT name FROM migration ORDER BY rowid"))


def strays(db: sqlite3.Connection, names: tuple[str, ...]) -> tuple[str, ...]:
    """走样的地方 — tables and triggers that are not as these migrations made them; tables of others do not count."""
    expected = _made_by(names)
    ours = {table for _, _, table, _ in expected}
    found = {one for one in _objects(db) if one[2] in ours}
    return tuple(sorted({str(name) for _, name, _, _ in expected ^ found}))


# ---------------------------------------------------------------- 表 ----

_MIGRATION = """\
CREATE TABLE IF NOT EXISTS migration (  -- changes of these tables already made
    name TEXT NOT NULL PRIMARY KEY,
    applied TEXT NOT NULL               -- the clock then
)"""

_FIRST_TABLES = """\
CREATE TABLE publishing (               -- a bulletin of record, one row for each publishing
    serial INTEGER PRIMARY KEY,         -- from 1, in the order of publishing
    number INTEGER NOT NULL,            -- 期, per year of as_of
    as_of TEXT NOT NULL,                -- the day it speaks for
    published TEXT NOT NULL,            -- the clock when it was published
    tool TEXT NOT NULL,
    folder TEXT NOT NULL,               -- of the set of papers, under 成果/
    why TEXT NOT NULL,                  -- of a correction; empty for the first publishing of a number
    accepted TEXT NOT NULL,             -- why a difference of the cells was accepted; empty where there was none
    seal TEXT NOT NULL                  -- SHA-256 of this row and all that belongs to it below
);
CREATE TABLE entry (                    -- where an item stood
    publishing INTEGER NOT NULL REFERENCES publishing (serial),
    place INTEGER NOT NULL,             -- from 1, in the order of the ledger
    no TEXT NOT NULL,
    aspect TEXT NOT NULL,
    problem TEXT NOT NULL,
    matter TEXT NOT NULL,
    leaders TEXT NOT NULL,              -- a JSON list
    lead TEXT,                          -- NULL where the breakdown names none
    units TEXT NOT NULL,                -- a JSON list, the lead first
    deadline TEXT NOT NULL,             -- the phrase as typed
    due TEXT,
    standing TEXT NOT NULL,
    days_left INTEGER,
    because TEXT NOT NULL,
    claimed TEXT NOT NULL,
    finished TEXT,
    to_confirm INTEGER NOT NULL,
    heard TEXT NOT NULL,                -- whether the lead was heard
    PRIMARY KEY (publishing, place)
);
CREATE TABLE reply (                    -- what a unit had said of the item
    publishing INTEGER NOT NULL,
    entry INTEGER NOT NULL,             -- the place of its entry
    place INTEGER NOT NULL,
    unit TEXT,                          -- NULL where it could not be told
    claimed TEXT NOT NULL,
    progress TEXT NOT NULL,
    sent TEXT,
    file TEXT NOT NULL,
    sheet TEXT,
    cell TEXT,
    lead INTEGER NOT NULL,              -- 1 for the word that counted
    PRIMARY KEY (publishing, entry, place),
    FOREIGN KEY (publishing, entry) REFERENCES entry (publishing, place)
);
CREATE TABLE heard (                    -- whether a unit was heard
    publishing INTEGER NOT NULL REFERENCES publishing (serial),
    place INTEGER NOT NULL,
    unit TEXT NOT NULL,
    heard TEXT NOT NULL,
    PRIMARY KEY (publishing, place)
);
CREATE TABLE finding (
    publishing INTEGER NOT NULL REFERENCES publishing (serial),
    place INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    file TEXT NOT NULL,                 -- empty for the whole run
    sheet TEXT,
    cell TEXT,
    message TEXT NOT NULL,
    PRIMARY KEY (publishing, place)
);
CREATE TABLE source (                   -- the files it was made from
    publishing INTEGER NOT NULL REFERENCES publishing (serial),
    place INTEGER NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (publishing, place)
);
CREATE TABLE output (                   -- the papers, byte for byte
    publishing INTEGER NOT NULL REFERENCES publishing (serial),
    place INTEGER NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (publishing, place)
);
CREATE TABLE record (                   -- the office's acts, one line each
    serial INTEGER PRIMARY KEY,         -- from 1, in the order of writing
    at TEXT NOT NULL,                   -- the clock when it was written
    act TEXT,                           -- NULL for a counter-entry
    no TEXT,
    unit TEXT,
    day TEXT,
    new_due TEXT,
    why TEXT NOT NULL,
    "by" TEXT NOT NULL,                 -- a post
    undoes INTEGER REFERENCES record (serial),
    seal TEXT NOT NULL,                 -- SHA-256 of this row
    CHECK ((act IS NULL) = (undoes IS NOT NULL))
)"""

RECORDED = ("publishing", "entry", "reply", "heard", "finding", "source", "output", "record")
"""只增不改的表 — the tables nothing is ever changed in or deleted from."""


def _keep_for_ever(db: sqlite3.Connection, table: str) -> None:
    """只增不改 — what stands in the table can be neither changed nor deleted."""
    for act in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            "BEGIN SELECT RAISE(ABORT, '台账只增不改'); END"
        )


# ---------------------------------------------------------------- 核对结构 ----

_Object = tuple[str, str, str, str | None]


@cache
def _made_by(names: tuple[str, ...]) -> frozenset[_Object]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute(_MIGRATION)
        for name in names:
            MIGRATIONS[name](db)
        return _objects(db)


def _objects(db: sqlite3.Connection) -> frozenset[_Object]:
    """结构中的各件 — (type, name, table, statement); the indexes SQLite makes by itself have no statement."""
    return frozenset(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))
