"""The index: tables and full-text search over a workspace. It can always be rebuilt from the folder (`reindex`).

SQLite in WAL mode by default (a reader is never refused during a write); the same tables on PostgreSQL where the
workspace names a server. Search has one function and an implementation for each: FTS5, or a `tsvector` over the same
folded terms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.errors import StoreError, UnsupportedError
from observance.store.search import fold_question, fold_text

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["Index", "SearchHit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A record whose text holds all terms of the question."""

    kind: str
    id: str
    evidence: str
    title: str
    snippet: str


def _snippet(body: str, question: str, *, width: int = 160) -> str:
    at = body.casefold().find(question.casefold())
    if at < 0:
        words = question.split()
        at = body.casefold().find(words[0].casefold()) if words else 0
    start = max(0, at - width // 3)
    text = " ".join(body[start : start + width].split())
    return ("…" if start else "") + text + ("…" if start + width < len(body) else "")


class Index:
    """Records of a workspace as rows: `put` is idempotent by (kind, id)."""

    def __init__(self, address: str) -> None:
        import sqlalchemy as sa

        self.metadata = sa.MetaData()
        self.records = sa.Table(
            "records",
            self.metadata,
            sa.Column("kind", sa.Text, primary_key=True),
            sa.Column("id", sa.Text, primary_key=True),
            sa.Column("evidence", sa.Text, nullable=False, index=True),
            sa.Column("day", sa.Text, nullable=False, index=True),
            sa.Column("title", sa.Text, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
            sa.Column("terms", sa.Text, nullable=False),
            sa.Column("record", sa.Text, nullable=False),
            sqlite_strict=True,
        )
        self.state = sa.Table(
            "state",
            self.metadata,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("value", sa.Text, nullable=False),
            sqlite_strict=True,
        )
        self.engine: Engine = _engine(address)
        self.dialect = self.engine.dialect.name
        try:
            self.metadata.create_all(self.engine)
            with self.engine.begin() as connection:
                if self.dialect == "sqlite":
                    connection.exec_driver_sql(
                        "CREATE VIRTUAL TABLE IF NOT EXISTS record_search USING fts5("
                        "terms, content='records', content_rowid='rowid', tokenize=\"unicode61 remove_diacritics 0\")"
                    )
                elif self.dialect == "postgresql":
                    connection.exec_driver_sql(
                        "CREATE INDEX IF NOT EXISTS records_terms ON records "
                        "USING gin (to_tsvector('simple', left(terms, 500000)))"
                    )
        except sa.exc.SQLAlchemyError as fault:
            raise StoreError(
                f"the index cannot be opened: {_cause(fault)}",
                where=_shown(address),
                step="check the address and rights; `observance reindex` rebuilds a damaged index",
            ) from None

    @classmethod
    def at(cls, path: Path) -> Index:
        """The index file of a workspace folder."""
        return cls(f"sqlite:///{path}")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        import sqlalchemy as sa

        try:
            with self.engine.connect() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as fault:
            raise self._told(fault) from None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        import sqlalchemy as sa

        try:
            with self.engine.begin() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as fault:
            raise self._told(fault) from None

    def _told(self, fault: Exception) -> StoreError:
        return StoreError(
            f"the index cannot be read or written: {_cause(fault)}",
            where=self.engine.url.render_as_string(hide_password=True),
            step="`observance reindex` builds it anew from the folder",
        )

    @property
    def mark(self) -> str:
        """The state of the folder that the index was last brought up to; empty where it never was."""
        import sqlalchemy as sa

        with self._reading() as connection:
            found = connection.execute(sa.select(self.state.c.value).where(self.state.c.key == "mark")).scalar()
        return str(found or "")

    @mark.setter
    def mark(self, value: str) -> None:
        import sqlalchemy as sa

        with self._writing() as connection:
            connection.execute(sa.delete(self.state).where(self.state.c.key == "mark"))
            connection.execute(sa.insert(self.state), [{"key": "mark", "value": value}])

    def drop(self, kind: str, ids: Iterable[str]) -> None:
        """Take rows out that are no longer in force."""
        keys = [(kind, key) for key in ids]
        if keys:
            with self._writing() as connection:
                self._remove(connection, keys)

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    def put(self, rows: Iterable[dict[str, Any]]) -> int:
        """Insert or replace rows with the keys kind, id, evidence, day, title, body, record; returns their number."""
        import sqlalchemy as sa

        prepared = [{**row, "terms": fold_text(f"{row['title']}\n{row['body']}")} for row in rows]
        if not prepared:
            return 0
        with self._writing() as connection:
            keys = {(row["kind"], row["id"]) for row in prepared}
            self._remove(connection, keys)
            connection.execute(sa.insert(self.records), prepared)
            if self.dialect == "sqlite":
                for kind, key in keys:
                    connection.exec_driver_sql(
                        "INSERT INTO record_search(rowid, terms) "
                        "SELECT rowid, terms FROM records WHERE kind = ? AND id = ?",
                        (kind, key),
                    )
        return len(prepared)

    def _remove(self, connection: Any, keys: Iterable[tuple[str, str]]) -> None:
        import sqlalchemy as sa

        for kind, key in keys:
            if self.dialect == "sqlite":
                connection.exec_driver_sql(
                    "INSERT INTO record_search(record_search, rowid, terms) "
                    "SELECT 'delete', rowid, terms FROM records WHERE kind = ? AND id = ?",
                    (kind, key),
                )
            where = sa.and_(self.records.c.kind == kind, self.records.c.id == key)
            connection.execute(sa.delete(self.records).where(where))

    def clear(self) -> None:
        """Empty the index before it is built anew."""
        import sqlalchemy as sa

        with self._writing() as connection:
            if self.dialect == "sqlite":
                connection.exec_driver_sql("INSERT INTO record_search(record_search) VALUES ('delete-all')")
            connection.execute(sa.delete(self.records))
            connection.execute(sa.delete(self.state))

    def known(self, kind: str) -> set[str]:
        """Ids of the rows of a kind."""
        import sqlalchemy as sa

        with self._reading() as connection:
            return set(connection.execute(sa.select(self.records.c.id).where(self.records.c.kind == kind)).scalars())

    def count(self) -> int:
        """Rows in all."""
        import sqlalchemy as sa

        with self._reading() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(self.records)).scalar_one())

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """Records of a kind as plain values, by id."""
        import sqlalchemy as sa

        question = sa.select(self.records.c.record).where(self.records.c.kind == kind).order_by(self.records.c.id)
        with self._reading() as connection:
            return [json.loads(text) for text in connection.execute(question).scalars()]

    def search(self, question: str, *, limit: int = 50, as_of: str | None = None) -> list[SearchHit]:
        """Records that hold all terms of the question, in any script; best first, at most `limit`.

        Args:
            question: words; a run of hangul, kana or Han is matched by its pairs of characters.
            limit: at most so many.
            as_of: ISO day; records of later days are left out.
        """
        import sqlalchemy as sa

        terms = fold_question(question)
        if not terms:
            return []
        columns = "r.kind, r.id, r.evidence, r.title, r.body"
        day = "AND (r.day = '' OR r.day <= :day)" if as_of else ""
        if self.dialect == "sqlite":
            text = (
                f"SELECT {columns} FROM record_search s JOIN records r ON r.rowid = s.rowid "  # noqa: S608  no user text
                f"WHERE record_search MATCH :terms {day} ORDER BY bm25(record_search), r.kind, r.id LIMIT :limit"
            )
            wanted = " AND ".join('"' + term.replace('"', '""') + '"' for term in terms)
        else:
            vector = "to_tsvector('simple', left(r.terms, 500000))"
            text = (
                f"SELECT {columns} FROM records r "  # noqa: S608  no user text
                f"WHERE {vector} @@ plainto_tsquery('simple', :terms) {day} "
                f"ORDER BY ts_rank({vector}, plainto_tsquery('simple', :terms)) DESC, r.kind, r.id LIMIT :limit"
            )
            wanted = " ".join(terms)
        values = {"terms": wanted, "limit": limit, **({"day": as_of} if as_of else {})}
        with self._reading() as connection:
            found: Sequence[Any] = connection.execute(sa.text(text), values).all()
        return [
            SearchHit(kind=kind, id=key, evidence=evidence, title=title, snippet=_snippet(body, question))
            for kind, key, evidence, title, body in found
        ]


def _cause(fault: Exception) -> str:
    return str(getattr(fault, "orig", None) or fault).splitlines()[0]


def _shown(address: str) -> str:
    """The address without its password."""
    from sqlalchemy.engine import make_url

    return make_url(address).render_as_string(hide_password=True)


def _engine(address: str) -> Engine:
    import sqlalchemy as sa

    if address.startswith("postgresql"):
        try:
            import psycopg  # noqa: F401  only to say clearly that it is missing
        except ImportError:
            raise UnsupportedError(
                "the index is on PostgreSQL and its driver is not installed",
                where="observance.toml: index",
                step="pip install 'observance[postgres]'",
            ) from None
        address = "postgresql+psycopg" + address[address.index(":") :]
        return sa.create_engine(address)
    engine = sa.create_engine(address)

    def prepare(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA busy_timeout=10000")

    sa.event.listen(engine, "connect", prepare)
    return engine
