"""The archive keeps bytes as they are, under their hash, and acknowledges only what is on the disk."""

import hashlib
from datetime import UTC, datetime

import pytest

from observance.errors import FormatError, IntegrityError, LimitError, StoreError
from observance.evidence.archive import Archive, evidence_path
from observance.evidence.ledger import Entry, Ledger
from observance.model import Acquisition, DocumentMeta, Evidence

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path, Ledger(tmp_path, "w"))


def _record(archive, data, name="a.txt", **meta):
    sha256, size = archive.keep(data)
    return Evidence(
        sha256=sha256,
        size=size,
        media_type="text/plain",
        name=name,
        kind="document",
        meta=DocumentMeta(**meta),
        acquisition=Acquisition(at=NOW, by="me", how="file", source=name),
    )


def test_bytes_are_found_under_their_hash_unchanged(archive):
    data = bytes(range(256)) * 10
    sha256, size = archive.keep(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert size == len(data)
    assert (archive.root / evidence_path(sha256)).read_bytes() == data


def test_what_is_kept_is_acknowledged_only_by_its_custody_line(archive):
    record = _record(archive, b"one")
    assert archive.records() == {}
    archive.register([record])
    assert archive.records() == {record.sha256: record}
    assert archive.ledger.artefacts() == {evidence_path(record.sha256): record.sha256}


def test_the_same_bytes_twice_are_one_piece_of_evidence_with_two_custody_lines(archive):
    first = _record(archive, b"one", publisher="A")
    archive.register([first])
    second = _record(archive, b"one", publisher="B", title="T", given=("title",))
    archive.register([second])
    assert len(archive.records()) == 1
    merged = archive.records()[first.sha256]
    assert (merged.meta.publisher, merged.meta.title) == ("A", "T")
    assert len(archive.acquisitions(first.sha256)) == 2


def test_what_a_person_gave_later_wins_over_what_was_found(archive):
    archive.register([_record(archive, b"one", publisher="Found")])
    archive.register([_record(archive, b"one", publisher="Given", given=("publisher",))])
    archive.register([_record(archive, b"one", publisher="Found again")])
    (record,) = archive.records().values()
    assert record.meta.publisher == "Given"


def test_a_changed_original_is_never_read(archive):
    record = _record(archive, b"one")
    archive.register([record])
    archive.path(record).write_bytes(b"two")
    with pytest.raises(IntegrityError, match="differs from its hash"):
        archive.read(record)


def test_an_empty_file_is_refused_and_said(archive, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(FormatError, match="empty"):
        archive.keep(empty)


def test_a_missing_file_and_one_over_the_limit_are_refused(archive, tmp_path):
    with pytest.raises(StoreError, match="no such file"):
        archive.keep(tmp_path / "none.txt")
    big = tmp_path / "big.bin"
    big.write_bytes(b"x" * 100)
    with pytest.raises(LimitError, match="larger than the limit"):
        archive.keep(big, limit=99)


def test_acts_of_other_chains_are_read_before_ours(tmp_path):
    other = Ledger(tmp_path, "aaa")
    ours = Ledger(tmp_path, "zzz")
    ours.add([Entry(act="x", at=NOW, by="me", data={"n": 2})])
    other.add([Entry(act="x", at=NOW, by="you", data={"n": 1})])
    assert [entry["n"] for entry in ours.entries("x")] == [1, 2]
    assert [entry["n"] for entry in other.entries("x")] == [2, 1]
