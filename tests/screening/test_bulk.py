"""Files of names: good rows kept, faults told row by row, order stable, a stopped run goes on."""

import csv
import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.errors import FormatError, LimitError, StoreError, UsageError
from observance.observations.screening.bulk import BATCH, Job, run_bulk, screen_rows
from observance.observations.screening.calibration import calibrate, read_pairs
from observance.observations.screening.curves import plot
from observance.observations.screening.sinks import HIT_COLUMNS, write_table
from observance.observations.screening.sources import CELL_LIMIT, columns_of, read_rows, resolve_columns
from tests.screening.test_answers import built


@cache
def job(near: bool = False) -> Job:
    return Job(screen=built(), columns={"name": "name", "imo": "imo"}, near=near)


def write(tmp_path, data: bytes | str, name: str = "crew.csv"):
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def run(tmp_path, path, *, workers=1, fresh=False, key="k", near=False, stop_after=None):
    parts = [tmp_path / name for name in ("hits.part", "rejects.part", "state")]
    last = None
    steps = run_bulk(
        job(near),
        read_rows(path),
        hits_part=parts[0],
        rejects_part=parts[1],
        state=parts[2],
        key=key,
        workers=workers,
        fresh=fresh,
    )
    for number, tally in enumerate(steps, 1):
        last = tally
        if stop_after is not None and number >= stop_after:
            steps.close()
            break
    hits, rejects = ([json.loads(line) for line in part.read_text().splitlines()] for part in parts[:2])
    return last, hits, rejects


def test_good_rows_are_kept_and_every_fault_is_told_with_its_row(tmp_path):
    table = (
        b"name,imo\n"
        b"Hong Gil Dong,\n"
        b"Sample Star 8,9562234\n"
        b'"open quote,\n'
        b"Jos\xe9 Hong,\n"
        b",\n" + b"x" * 10_000_000 + b",\n"
        b"Renamed Pearl,IMO 9562233\n"
    )
    tally, hits, rejects = run(tmp_path, write(tmp_path, table))
    assert [(hit["row"], hit["reference"]) for hit in hits] == [(1, "KPi.901"), (2, "IMO9562233"), (7, "IMO9562233")]
    reasons = {reject["row"]: (reject["reason"], reject["screened"]) for reject in rejects}
    assert "fails the check digit" in reasons[2][0]
    assert reasons[2][1] == "in part", "the name was screened all the same"
    assert "a quote is open" in reasons[3][0]
    assert "not UTF-8" in reasons[4][0]
    assert "nothing to look for" in reasons[5][0]
    assert "10,000,000 characters" in reasons[6][0]
    assert (tally.rows, tally.screened, tally.rejects) == (7, 4, 5)


def test_an_open_quote_does_not_swallow_the_rows_behind_it(tmp_path):
    rows = "".join(f"Hong Gil Dong,{''}\n" for _ in range(1000))
    _tally, hits, rejects = run(tmp_path, write(tmp_path, 'name,imo\n"never closed,\n' + rows))
    assert len(hits) == 1000
    assert [reject["row"] for reject in rejects] == [1]


def test_a_cell_of_several_lines_is_one_row(tmp_path):
    path = write(tmp_path, 'name,imo\n"Hong\nGil\nDong",\nHong Gil Dong,\n')
    rows = list(read_rows(path))
    assert [row.cells["name"] for row in rows] == ["Hong\nGil\nDong", "Hong Gil Dong"]
    assert [row.line for row in rows] == [2, 5]


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_of_the_rows_on_any_number_of_cores(tmp_path, workers):
    names = ["Hong Gil Dong", "Nobody Whatsoever", "Sample Star 8"] * 400
    path = write(tmp_path, "name,imo\n" + "".join(f"{name},\n" for name in names))
    _tally, hits, _rejects = run(tmp_path, path, workers=workers)
    assert [hit["row"] for hit in hits] == [at for at, name in enumerate(names, 1) if name != "Nobody Whatsoever"]


def test_a_run_that_was_stopped_goes_on_and_gives_the_same_file(tmp_path):
    path = write(tmp_path, "name,imo\n" + "Hong Gil Dong,\nSample Star 8,123\n" * (BATCH * 2))
    whole = tmp_path / "whole"
    whole.mkdir()
    _tally, hits, rejects = run(whole, path)
    stopped = tmp_path / "stopped"
    stopped.mkdir()
    run(stopped, path, stop_after=2)
    with (stopped / "hits.part").open("ab") as handle:
        handle.write(b'{"half a line')
    tally, again, rejected = run(stopped, path)
    assert tally.resumed == 2 * BATCH
    assert (again, rejected) == (hits, rejects)
    assert tally.rows == 4 * BATCH


def test_other_input_or_settings_start_again(tmp_path):
    path = write(tmp_path, "name,imo\n" + "Hong Gil Dong,\n" * (BATCH * 3))
    run(tmp_path, path, stop_after=1)
    tally, hits, _rejects = run(tmp_path, path, key="other")
    assert tally.resumed == 0
    assert len(hits) == BATCH * 3


def test_a_part_file_that_lost_bytes_is_not_trusted(tmp_path):
    path = write(tmp_path, "name,imo\n" + "Hong Gil Dong,\n" * (BATCH * 3))
    run(tmp_path, path, stop_after=1)
    (tmp_path / "hits.part").write_bytes(b"")
    with pytest.raises(StoreError, match="shorter than its state"):
        run(tmp_path, path)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl", ".parquet"])
def test_a_table_written_in_any_format_reads_back_the_same(tmp_path, suffix):
    path = write(tmp_path, "name,imo\nHong Gil Dong,\nSample Star 8,9562233\n")
    _tally, hits, _rejects = run(tmp_path, path)
    out = tmp_path / f"hits{suffix}"
    assert write_table(tmp_path / "hits.part", out, HIT_COLUMNS) == len(hits)
    rows = list(read_rows(out))
    assert [row.cells["reference"] for row in rows] == [hit["reference"] for hit in hits]
    assert [row.cells["asked_imo"] for row in rows] == ["", "9562233"], "a number stays a number of seven digits"
    assert resolve_columns({"name": "matched name"}, columns_of(out)) == {"name": "matched_name"}


def test_a_name_that_looks_like_a_formula_is_written_as_text(tmp_path):
    part = write(tmp_path, json.dumps({"row": 1, "asked_name": "=HYPERLINK(1)"}) + "\n", "p.jsonl")
    write_table(part, tmp_path / "out.csv", ("row", "asked_name"))
    with (tmp_path / "out.csv").open() as handle:
        assert list(csv.reader(handle))[1] == ["1", "'=HYPERLINK(1)"]


def test_a_wrong_column_names_the_nearest_one():
    with pytest.raises(UsageError) as caught:
        resolve_columns({"name": "mastr", "imo": "IMO-No"}, ["Ship", "Master", "IMO No."])
    assert caught.value.faults == ("no column 'mastr'; the nearest is 'Master'",)
    assert resolve_columns({"name": "MASTER", "imo": "imo no"}, ["Ship", "Master", "IMO No."])["imo"] == "IMO No."
    with pytest.raises(UsageError, match="which column"):
        resolve_columns({}, ["Ship", "Master"])


@pytest.mark.parametrize(
    ("name", "data", "fault", "words"),
    [
        ("a.csv", b"", FormatError, "empty"),
        ("a.csv", b"\x7fELF\0\0\0\0", FormatError, "no text table"),
        ("a.xlsx", b"name,imo\nx,y\n", FormatError, "no xlsx file"),
        ("a.parquet", b"name,imo\nx,y\n", FormatError, "no parquet file"),
        ("a.xlsx", b"PK\x03\x04 and nothing more", FormatError, "does not read"),
        ("a.parquet", b"PAR1 and nothing more PAR1", FormatError, "does not read"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_a_clear_word(tmp_path, name, data, fault, words):
    with pytest.raises(fault, match=words):
        list(read_rows(write(tmp_path, data, name)))


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path):
    import zipfile

    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    with pytest.raises(LimitError, match="unpacks too large"):
        list(read_rows(path))


def test_json_lines_with_a_bad_line_keep_the_others(tmp_path):
    path = write(tmp_path, '{"name": "Hong Gil Dong"}\n{"name": \n["x"]\n{"name": "Sample Star 8"}\n', "a.jsonl")
    _tally, hits, rejects = run(tmp_path, path)
    assert [hit["row"] for hit in hits] == [1, 4]
    assert [reject["row"] for reject in rejects] == [2, 3]


def test_utf_16_and_semicolons_read(tmp_path):
    path = write(tmp_path, "name;imo\n홍길동;\n".encode("utf-16"))
    assert [dict(row.cells) for row in read_rows(path)] == [{"name": "홍길동", "imo": ""}]


@settings(deadline=None, max_examples=60)
@given(
    cells=st.lists(
        st.text(min_size=1, max_size=20).filter(lambda t: t.strip() and "\0" not in t), min_size=1, max_size=8
    )
)
def test_any_text_that_a_csv_writer_writes_reads_back(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["name", "imo"])
        writer.writerows([cell, "x"] for cell in cells)
    rows = [row for row in read_rows(path) if row.cells]
    assert [row.cells["name"].replace("\r\n", "\n").replace("\r", "\n") for row in rows] == [
        cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells
    ]


@settings(deadline=None, max_examples=40)
@given(
    words=st.permutations(["Umar", "Sample", "al Namuna"]),
    upper=st.booleans(),
    blanks=st.sampled_from([" ", "  ", " \t"]),
)
def test_case_blanks_and_order_of_words_do_not_matter(words, upper, blanks):
    from observance.observations.screening.sources import Row

    name = blanks.join(words)
    hits, _rejects, _tally = screen_rows(
        job(), [Row(number=1, cells={"name": name.upper() if upper else name, "imo": ""})]
    )
    assert json.loads(hits.decode().splitlines()[0])["reference"] == "QDi.901"


def test_near_misses_are_counted_and_written_on_request(tmp_path):
    path = write(tmp_path, "name,imo\nHong Gil,\n")
    quiet, hits, _rejects = run(tmp_path, path)
    loud, shown, _rejects = run(tmp_path, path, near=True, key="near")
    assert quiet.near == loud.near
    assert len(shown) == len(hits) + loud.near


def test_cells_above_the_limit_are_told_for_every_format(tmp_path):
    path = write(tmp_path, json.dumps({"name": "x" * (CELL_LIMIT + 1)}) + "\n", "a.jsonl")
    (row,) = read_rows(path)
    assert row.cells["name"] == ""
    assert "characters" in row.faults[0]


PAIRS = "name1,name2,match,schema\nHong Gil Dong,HONG Gil-dong,yes,person\nHong Gil Dong,Park Chul,no,person\nAcme Ltd,ACME Limited,1,entity\n"


def test_calibration_counts_what_the_labels_say():
    table = calibrate(read_pairs(PAIRS.encode(), name="pairs.csv"))
    assert (table.pairs, table.matching) == (3, 2)
    assert (table.points[0].found, table.points[0].false) == (2, 1), "at zero everything alerts"
    for lower, higher in zip(table.points, table.points[1:], strict=False):
        assert higher.found <= lower.found
        assert higher.false <= lower.false
        assert higher.found + higher.missed == table.matching
    assert any("default" in line for line in table.lines())
    picture = plot(table)
    assert picture.startswith("<svg")
    assert picture.count("<polyline") == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name1,name2,match\na,b,perhaps\n", "yes or no"),
        ("name1,name2,match\n", "no pairs"),
        ("first,second,match\na,b,1\n", "do not fit"),
    ],
)
def test_pairs_that_are_no_pairs_are_refused(text, words):
    with pytest.raises((FormatError, UsageError), match=words):
        read_pairs(text.encode(), name="pairs.csv")
