import sqlite3


def rows(path):
    return sqlite3.connect(path).execute("SELECT 1").fetchall()


def total(path):
    return sum(n for (n,) in rows(path))


async def refresh(path):
    return path


def title():
    return "ledger"
