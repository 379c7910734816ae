"""A ledger chain: every byte is covered, and only what was never acknowledged may be set aside."""

import hashlib
import json
import multiprocessing

import pytest

from observance.errors import IntegrityError
from observance.store.chain import GENESIS, Chain, write_missing_heads


@pytest.fixture
def chain(tmp_path):
    chain = Chain(tmp_path, "w")
    chain.append([{"act": "one"}, {"act": "two"}])
    chain.append([{"act": "three", "text": "포탄"}])
    return chain


def test_each_line_names_the_hash_of_the_bytes_of_the_line_before(chain):
    previous = GENESIS
    for line in chain.path.read_bytes().split(b"\n")[:-1]:
        assert json.loads(line)["prev"] == previous
        previous = hashlib.sha256(line).hexdigest()
    assert json.loads(chain.head_path.read_bytes())["hash"] == previous
    assert chain.check().faults == []
    assert chain.check().count == 3


def test_every_single_flipped_byte_of_ledger_and_head_is_named(chain):
    for path in (chain.path, chain.head_path):
        good = path.read_bytes()
        for at in range(len(good)):
            path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            faults = chain.check().faults
            assert faults, f"byte {at} of {path.name} was flipped and nobody noticed"
            assert any(chain.name in fault for fault in faults)
        path.write_bytes(good)
    assert chain.check().faults == []


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_shortened_last_line_is_a_fault_and_stops_further_writing(chain, cut):
    data = chain.path.read_bytes()
    chain.path.write_bytes(data[:-cut])
    assert chain.check().faults
    with pytest.raises(IntegrityError, match="shorter than its head"):
        chain.append([{"act": "four"}])


def test_a_removed_last_line_is_a_fault(chain):
    lines = chain.path.read_bytes().split(b"\n")
    chain.path.write_bytes(b"\n".join(lines[:-2]) + b"\n")
    assert chain.check().faults


def test_a_torn_tail_is_no_fault_is_not_read_and_is_set_aside_with_a_word(chain):
    with chain.path.open("ab") as handle:
        handle.write(b'{"act":"half')
    check = chain.check()
    assert check.faults == []
    assert "never acknowledged" in check.notes[0]
    assert [entry["act"] for entry in chain.read()] == ["one", "two", "three"]
    said = chain.append([{"act": "four"}])
    assert len(said) == 1
    assert "set aside" in said[0]
    assert [entry["act"] for entry in chain.read()] == ["one", "two", "three", "four"]
    assert chain.check().faults == []
    aside = list(chain.path.parent.glob("w.torn-*"))
    assert aside[0].read_bytes() == b'{"act":"half'


def test_a_changed_last_line_of_the_same_length_stops_further_writing(chain):
    data = chain.path.read_bytes()
    chain.path.write_bytes(data.replace(b"three", b"thrEE"))
    with pytest.raises(IntegrityError, match="differs from its head"):
        chain.append([{"act": "four"}])


def test_a_chain_whose_file_is_gone_is_a_fault(chain):
    chain.path.unlink()
    assert chain.check().faults


def test_older_chains_without_heads_get_them_and_hold(tmp_path):
    chain = Chain(tmp_path, "old")
    chain.append([{"act": str(number)} for number in range(5)])
    chain.head_path.unlink()
    assert chain.check().faults
    write_missing_heads(tmp_path)
    assert chain.check().faults == []
    chain.append([{"act": "new"}])
    assert chain.check().count == 6


def _append(folder, name, times):
    for number in range(times):
        Chain(folder, "w").append([{"act": f"{name}-{number}"}])


def test_two_processes_of_one_writer_keep_one_chain(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_append, args=(tmp_path, name, 15)) for name in ("a", "b")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    check = Chain(tmp_path, "w").check()
    assert check.faults == []
    assert check.count == 30
