"""Files to documents: what is read, and the exact cause and place of what is not."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import sources
from analysis.sources import BadInput, Document, Problem, decode, one_line, parse_date, read

TEXT = "Bridge Reopens\n\nThe bridge opened on Monday.\n"
RECORD = {"id": "a1", "title": "Bridge Reopens", "text": "The bridge opened.", "date": "2021-03-04"}


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def parquet(records: list[dict[str, object]]) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(records).to_parquet(buffer)
    return buffer.getvalue()


def csv_text(records: list[dict[str, object]], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(records[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return buffer.getvalue()


def jsonl(records: list[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def split_found(found):
    found = list(found)
    return [d for d in found if isinstance(d, Document)], [p for p in found if isinstance(p, Problem)]


def only_problem(path: Path) -> Problem:
    documents, problems = split_found(read(path))
    assert documents == []
    (problem,) = problems
    return problem


# Text files.


@pytest.mark.parametrize(
    "data",
    [
        TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        "\ufeff" + TEXT,
        TEXT.strip(),
        "  \xa0" + TEXT,
        "Мінск\u2028…",
    ],
    ids=["lf", "crlf", "cr", "bom", "no-newline-at-the-end", "spaces", "not-latin"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a", "a.txt.gz", "a.TXT.GZ"])
def test_a_text_file_is_one_document_unchanged(tmp_path, data, name):
    raw = data.encode("utf-8")
    path = write(tmp_path / name, gzip.compress(raw) if name.lower().endswith(".gz") else raw)
    assert list(read(path)) == [Document(name, data)]
    assert (Document(name, data).is_record, Document(name, data).position) == (False, 1)


# Folders.


def test_a_folder_is_read_in_the_order_of_names_without_hidden_and_registry_files(tmp_path):
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "actors.csv", "events.csv", "dates.csv"):
        write(tmp_path / name, TEXT)
    assert [d.source for d in read(tmp_path)] == ["a.txt", "b.txt", "sub/c.txt"]
    assert [d.source for d in read(str(tmp_path))] == ["a.txt", "b.txt", "sub/c.txt"]
    assert sources.article_files(tmp_path) == [tmp_path / name for name in ("a.txt", "b.txt", "sub/c.txt")]


def test_a_folder_articles_is_the_corpus_and_may_hold_any_name(tmp_path):
    for name in ("readme.txt", "events.csv", "articles/a.txt"):
        write(tmp_path / name, TEXT)
    write(tmp_path / "articles" / "events.csv", csv_text([RECORD]))
    assert [(d.source, d.text) for d in read(tmp_path)] == [("a.txt", TEXT), ("events.csv", RECORD["text"])]


def test_a_registry_file_named_itself_is_read(tmp_path):
    (document,) = read(write(tmp_path / "events.csv", csv_text([RECORD])))
    assert document.text == RECORD["text"]


@settings(deadline=None)
@given(order=st.permutations(["a.txt", "b.jsonl", "c/d.txt", "Z.txt", "é.txt"]))
def test_the_order_in_which_files_are_listed_changes_nothing(tmp_path_factory, order):
    folder = tmp_path_factory.mktemp("corpus")
    for name in order:
        write(folder / name, jsonl([RECORD]) if name.endswith("jsonl") else TEXT)
    patch = pytest.MonkeyPatch()
    with patch.context() as context:
        context.setattr(Path, "rglob", lambda self, pattern: iter([folder / name for name in order]))
        found = [d.source for d in read(folder)]
    assert found == ["Z.txt", "a.txt", "b.jsonl", "c/d.txt", "é.txt"]


def test_a_file_of_another_kind_in_a_folder_is_listed_and_costs_only_itself(tmp_path):
    write(tmp_path / "a.docx", b"PK\x03\x04")
    write(tmp_path / "b.txt", TEXT)
    documents, problems = split_found(read(tmp_path))
    assert [d.source for d in documents] == ["b.txt"]
    assert [str(p) for p in problems] == ["a.docx: not a kind of file that is read (.txt .jsonl .csv .parquet, .gz)"]
    assert problems[0].is_lost


def test_a_broken_file_costs_itself_not_the_corpus(tmp_path):
    write(tmp_path / "a.txt", TEXT.encode("utf-16"))
    write(tmp_path / "b.jsonl", '{"text": ')
    write(tmp_path / "c.txt", "")
    write(tmp_path / "d.txt", TEXT)
    documents, problems = split_found(read(tmp_path))
    assert [d.source for d in documents] == ["d.txt"]
    assert [p.source for p in problems] == ["a.txt", "b.jsonl", "c.txt"]


# What cannot be used at all.


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("missing.txt", "no such file or folder"),
        ("empty", "a folder without articles"),
        ("hidden", "a folder without articles"),
        ("registry", "a folder without articles"),
        ("articles-empty", "a folder without articles"),
        ("null", "neither a file nor a folder"),
        ("nul\0byte", "no such file or folder"),
    ],
)
def test_no_corpus(tmp_path, name, cause):
    (tmp_path / "empty").mkdir()
    write(tmp_path / "hidden" / ".a.txt", TEXT)
    write(tmp_path / "registry" / "actors.csv", "actor_id\n")
    write(tmp_path / "articles-empty" / "notes.txt", TEXT)
    (tmp_path / "articles-empty" / "articles").mkdir()
    path = Path("/dev/null") if name == "null" else tmp_path / name
    with pytest.raises(BadInput) as caught:
        list(read(path))
    assert str(caught.value).endswith(f": {cause}")
    assert one_line(path) in str(caught.value)


def test_a_name_that_the_system_refuses(tmp_path):
    # What a path of 300 characters is called depends on the version of Python.
    with pytest.raises(BadInput, match="cannot be read: File name too long|no such file or folder"):
        list(read(tmp_path / ("n" * 300)))


def test_a_folder_that_may_not_be_listed(tmp_path, monkeypatch):
    def refuse(self, pattern):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "rglob", refuse)
    with pytest.raises(BadInput, match="cannot be read: Permission denied$"):
        list(read(tmp_path))


# Bad files: cause and place.


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"", "an empty file"),
        ("a.txt", b" \n\t\r\n", "an empty file"),
        ("a.txt", b"\n" * 100_000, "an empty file"),
        ("a.txt", b"\xef\xbb\xbf\r\n", "an empty file"),
        ("a.jsonl", b"\n\n", "an empty file"),
        ("a.txt", TEXT.encode("utf-16"), "byte 0: UTF-16, not UTF-8; save it as UTF-8"),
        ("a.txt", b"\xfe\xff" + TEXT.encode("utf-16-be"), "byte 0: UTF-16, not UTF-8; save it as UTF-8"),
        ("a.txt", TEXT.encode("utf-16-le"), "byte 0: UTF-16, not UTF-8; save it as UTF-8"),
        ("a.csv", TEXT.encode("utf-16"), "byte 0: UTF-16, not UTF-8; save it as UTF-8"),
        ("a.jsonl", jsonl([RECORD] * 3).encode("utf-16-le"), "byte 0: UTF-16, not UTF-8; save it as UTF-8"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0 and so on", "byte 8: a NUL, so binary data, not text"),
        (
            "a.txt",
            "Title\n\nВ Минске".encode("cp1251"),
            "byte 7: 0xc2 is not UTF-8 (cp1251 or Latin-1, perhaps, or no text); save it as UTF-8",
        ),
        (
            "a.txt",
            "Olivier Véran".encode("latin-1"),
            "byte 9: 0xe9 is not UTF-8 (cp1251 or Latin-1, perhaps, or no text); save it as UTF-8",
        ),
        (
            "a.txt",
            "He said “go”".encode("cp1252"),
            "byte 8: 0x93 is not UTF-8 (cp1251 or Latin-1, perhaps, or no text); save it as UTF-8",
        ),
        (
            "a.txt",
            "Ends in half a “".encode()[:-1],
            "byte 15: 0xe2 is not UTF-8 (cp1251 or Latin-1, perhaps, or no text); save it as UTF-8",
        ),
        ("a.txt.gz", b"no gzip", "cannot be read: BadGzipFile: Not a gzipped file (b'no')"),
        (
            "a.txt.gz",
            gzip.compress(TEXT.encode())[:-9],
            "cannot be read: EOFError: Compressed file ended before the end-of-stream marker was reached",
        ),
        (
            "a.txt.gz",
            b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\xff" * 20,
            "cannot be read: error: Error -3 while decompressing data: invalid block type",
        ),
        ("a.csv", b"title,body\nA,B\n", "line 1: no column named text"),
        ("a.csv", b"title,text\n", "no records in it"),
        ("a.csv", b'title,text,"date\nA,B\n', "line 1: broken CSV, not read from here on: unexpected end of data"),
        ("a.parquet", b"PAR1 no more", None),
        ("a.parquet", parquet([{"title": "A", "body": "B"}]), "no column named text"),
        ("a.parquet", parquet([RECORD]).replace(b"PAR1", b"PAR0"), None),
        ("a.parquet", parquet([{"title": "A", "text": "B"}])[:200], None),
    ],
)
def test_a_bad_file_is_listed_with_its_cause(tmp_path, name, data, cause):
    problem = only_problem(write(tmp_path / name, data))
    if cause is None:
        assert problem.cause.startswith("broken Parquet: ")
    else:
        assert problem.cause == cause
    assert (problem.source, problem.is_lost) == (name, True)
    assert str(tmp_path) not in str(problem)


def test_parquet_without_rows(tmp_path):
    empty = pd.DataFrame({"title": pd.Series(dtype="str"), "text": pd.Series(dtype="str")})
    empty.to_parquet(tmp_path / "a.parquet")
    assert only_problem(tmp_path / "a.parquet").cause == "no records in it"


def test_a_file_that_may_not_be_read_is_named_without_its_path(tmp_path, monkeypatch):
    path = write(tmp_path / "a.txt", TEXT)

    def refuse(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert str(only_problem(path)) == "a.txt: cannot be read: Permission denied"


def test_decode_counts_from_the_offset():
    assert decode(b"ab\xff", "s", offset=10, position=3).cause.startswith("line 3, byte 12: 0xff is not UTF-8")
    assert decode(b"ab\0 and more", "s", offset=10).cause.startswith("byte 12: a NUL")
    assert decode("é".encode(), "s") == "é"


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_place(data):
    found = decode(data, "s")
    if isinstance(found, Problem):
        assert "byte " in found.cause and found.is_lost
    else:
        assert found.encode("utf-8") == data


# Records.


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("kind", ["jsonl", "ndjson", "csv", "parquet"])
def test_records_of_every_kind_are_the_same_documents(tmp_path, kind, ending):
    full = RECORD | {"url": "https://example.org/x", "agency": "AFP", "section": "World"}
    bare = {
        "id": "",
        "title": "Second “title”",
        "text": 'One\n\ntwo, "three".',
        "date": "",
        "url": "",
        "agency": "",
        "section": "",
    }
    data = {"csv": csv_text([full, bare]).encode(), "parquet": parquet([full, bare])}.get(
        kind, jsonl([full, bare]).encode()
    )
    path = write(tmp_path / f"a.{kind}{ending}", gzip.compress(data) if ending else data)
    assert list(read(path)) == [
        Document(
            path.name, full["text"], full["title"], 1, "a1", dt.date(2021, 3, 4), "2021-03-04", full["url"], "AFP"
        ),
        Document(path.name, bare["text"], bare["title"], 2),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_other_programs(tmp_path, delimiter):
    text = "\ufeff" + csv_text([{" Title ": "A; b, c\td", "TEXT": "x" * 200_000}], delimiter)
    (document,) = read(write(tmp_path / "a.csv", text))
    assert (document.title, document.text) == ("A; b, c\td", "x" * 200_000)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_jsonl_with_any_line_end_and_a_mark(tmp_path, end):
    lines = [json.dumps(RECORD), "", json.dumps(RECORD | {"id": "a2"}, ensure_ascii=False)]
    documents, problems = split_found(read(write(tmp_path / "a.jsonl", "\ufeff" + end.join(lines))))
    assert [(d.record_id, d.position) for d in documents] == [("a1", 1), ("a2", 2)]
    assert problems == []


GOOD = json.dumps(RECORD)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('{"text": ', "line 2: broken JSON: Expecting value at character 9"),
        ('{"text": "a"} {', "line 2: broken JSON: Extra data at character 15"),
        ("[1, 2]", "line 2: a record is expected, not list"),
        ('"text"', "line 2: a record is expected, not str"),
        ("[" * 100_000, "line 2: broken JSON: "),
        ('{"text": "a", "n": ' + "1" * 5000 + "}", "line 2: broken JSON: "),
        ('{"title": "A"}', "line 2: a record without text"),
        ('{"title": "A", "text": null}', "line 2: a record without text"),
        ('{"title": "A", "text": 5}', "line 2: a record without text"),
        ('{"title": "A", "text": " \\n "}', "line 2: a record without text"),
        ('{"title": "A", "text": "half \\ud83d pair"}', "line 2: half a surrogate pair, which is no character"),
        ('{"title": "A \\ud83d", "text": "b"}', "line 2: half a surrogate pair, which is no character"),
    ],
)
def test_a_bad_line_of_jsonl_costs_itself(tmp_path, line, cause):
    documents, problems = split_found(read(write(tmp_path / "a.jsonl", f"{GOOD}\n{line}\n{GOOD}\n")))
    assert len(documents) == 2
    (problem,) = problems
    assert problem.cause == cause or (cause.endswith(": ") and problem.cause.startswith(cause))
    assert (problem.position, problem.is_lost) == (2, True)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_wrong_byte_of_jsonl_is_counted_from_the_start_of_the_file(tmp_path, mark):
    data = mark + GOOD.encode() + b'\r\n{"text": "caf\xe9"}\n' + GOOD.encode()
    documents, problems = split_found(read(write(tmp_path / "a.jsonl", data)))
    assert len(documents) == 2
    assert problems[0].cause.startswith(f"line 2, byte {data.index(0xE9)}: 0xe9 is not UTF-8")
    first = split_found(read(write(tmp_path / "b.jsonl", mark + b'{"text": "caf\xe9"}')))[1][0]
    assert first.cause.startswith(f"line 1, byte {len(mark) + 13}: 0xe9")


@pytest.mark.parametrize(
    ("rows", "n_documents", "causes"),
    [
        ('A,"b"\nC,"d\n', 1, ["record 2, line 3: broken CSV, not read from here on: unexpected end of data"]),
        ('A,"b"x\nC,d\n', 0, ["record 1, line 2: broken CSV, not read from here on: ',' expected after '\"'"]),
        ("A,b,c\nD,e\n", 1, ["record 1, line 2: more fields than columns"]),
        ("A\nD,e\n", 1, ["record 1, line 2: a record without text"]),
        ("A,\nD,e\n", 1, ["record 1, line 2: a record without text"]),
        ('"A\nb",c\n\nD,e,f\n', 1, ["record 2, line 5: more fields than columns"]),
    ],
)
def test_bad_rows_of_csv(tmp_path, rows, n_documents, causes):
    documents, problems = split_found(read(write(tmp_path / "a.csv", "title,text\n" + rows)))
    assert (len(documents), [p.cause for p in problems]) == (n_documents, causes)


def test_bad_rows_of_parquet(tmp_path):
    records = [{"title": "A", "text": None}, {"title": None, "text": "B."}, {"title": "C", "text": "D."}]
    documents, problems = split_found(read(write(tmp_path / "a.parquet", parquet(records))))
    assert [(d.position, d.title) for d in documents] == [(2, ""), (3, "C")]
    assert [(p.cause, p.is_lost) for p in problems] == [
        ("record 1: a record without text", True),
        ("record 2: a record without a title", False),
    ]


def test_parquet_keeps_dates_and_whole_numbers(tmp_path):
    records = [
        {"id": 7.0, "title": "A", "text": "b", "date": pd.Timestamp("2021-03-04 23:30"), "extra": [1, 2]},
        {"id": float("nan"), "title": "C", "text": "d", "date": pd.NaT, "extra": []},
    ]
    first, second = read(write(tmp_path / "a.parquet", parquet(records)))
    assert (first.record_id, first.date) == ("7", dt.date(2021, 3, 4))
    assert (second.record_id, second.date, second.date_words) == (None, None, "")


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_parts_read_alone_in_any_order_are_the_whole_file(tmp_path, monkeypatch, kind, ending):
    records = [RECORD | {"id": f"a{n}", "text": f"Line é\r\nof {n}.\rMore." * (n + 1)} for n in range(7)]
    records[3]["text"] = ""
    if kind == "parquet":
        buffer = io.BytesIO()
        pd.DataFrame(records).to_parquet(buffer, row_group_size=3)
        data = buffer.getvalue()
    else:
        data = ("\ufeff" + (csv_text(records) if kind == "csv" else jsonl(records).replace("\n", "\n\n"))).encode()
    path = write(tmp_path / f"a.{kind}{ending}", gzip.compress(data) if ending else data)
    whole = list(read(path))
    (one,) = sources.parts_of(path)
    monkeypatch.setattr(sources, "RECORDS_TOGETHER", 2)
    parts = list(sources.parts_of(path))
    assert (one.n_records, [part.n_records for part in parts]) == (7, [2, 2, 2, 1])
    assert one.n_bytes == sum(part.n_bytes for part in parts) > 0
    last_first = [list(sources.read_part(part)) for part in reversed(parts)]
    assert [found for part in reversed(last_first) for found in part] == whole
    assert len(whole) == 7


def test_a_broken_row_of_csv_ends_the_last_part(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "RECORDS_TOGETHER", 2)
    path = write(tmp_path / "a.csv", "title,text\nA,b\nC,d\nE,f\n" + 'G,"h\nI,j\n')
    *_, last = parts = list(sources.parts_of(path))
    assert (len(parts), last.n_records) == (2, 2)
    document, problem = sources.read_part(last)
    assert (document.position, problem.position) == (3, 4)
    assert problem.cause == "record 4, line 5: broken CSV, not read from here on: unexpected end of data"


def test_a_document_knows_its_run_of_records():
    places = [Document("a", "b", "c", position).neighbourhood for position in (1, 1000, 1001)]
    assert places == [("a", 0), ("a", 0), ("a", 1)]
    assert Document("a", "b").neighbourhood == ("a", 0)


def record_of(**fields):
    return split_found(sources._record({"title": "T", "text": "Body."} | fields, "s", 1, "record 1"))


def test_a_record_without_a_title_is_read_and_reported():
    (document,), (problem,) = record_of(title=" ")
    assert document.is_record
    assert (problem.cause, problem.is_lost) == ("record 1: a record without a title", False)


def test_names_of_columns_may_be_in_any_case():
    (document,), problems = split_found(sources._record({"TEXT": "b", " Title": "t"}, "s", 1, "record 1"))
    assert (document.text, document.title, problems) == ("b", "t", [])


@pytest.mark.parametrize(
    ("fields", "date", "words", "causes"),
    [
        ({"date": "2021-03-04"}, dt.date(2021, 3, 4), "2021-03-04", []),
        ({"date": "03/04/2021"}, None, "", ["record 1: date '03/04/2021' is not one that can be read"]),
        ({"date": 1614816000}, None, "", ["record 1: date '1614816000' is not one that can be read"]),
        ({"date": " "}, None, "", []),
        ({"url": "https://example.org/2021/03/04/bridge"}, dt.date(2021, 3, 4), "2021/03/04", []),
        ({"url": "https://example.org/2021-03-04"}, dt.date(2021, 3, 4), "2021-03-04", []),
        ({"url": "https://example.org/2021/13/45/bridge"}, None, "", []),
        ({"url": "https://example.org/bridge"}, None, "", []),
        ({"date": "2021-03-04", "url": "/2020/01/01/"}, dt.date(2021, 3, 4), "2021-03-04", []),
        (
            {"date": "soon", "url": "/2020/01/02/x"},
            dt.date(2020, 1, 2),
            "2020/01/02",
            ["record 1: date 'soon' is not one that can be read"],
        ),
    ],
)
def test_the_date_of_a_record(fields, date, words, causes):
    (document,), problems = record_of(**fields)
    assert (document.date, document.date_words) == (date, words)
    assert [(p.cause, p.is_lost) for p in problems] == [(cause, False) for cause in causes]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020-08-23", (2020, 8, 23)),
        ("20200823", (2020, 8, 23)),
        ("2020-08-23T23:30:00-11:00", (2020, 8, 23)),
        ("2020-08-23T10:00:00.000Z", (2020, 8, 23)),
        ("2020-08-23 10:00 UTC", (2020, 8, 23)),
        (" 2020/8/9 ", (2020, 8, 9)),
        ("2020.08.09 10:00", (2020, 8, 9)),
        ("23 August 2020", (2020, 8, 23)),
        ("August 23, 2020 at 10:00 a.m.", (2020, 8, 23)),
        ("Sun, 23 Aug 2020 10:00:00 GMT", (2020, 8, 23)),
        ("23 Aug 2020 10:00:00.123 +0300", (2020, 8, 23)),
        (dt.date(2020, 8, 23), (2020, 8, 23)),
        (dt.datetime(2020, 8, 23, 23, 59), (2020, 8, 23)),
        ("03/04/2020", None),
        ("Mon 03/04/2020", None),
        ("9 Aug 20", None),
        ("2020-08", None),
        ("August 2020", None),
        ("Sunday", None),
        ("2020-13-45", None),
        ("at 1000 on 3 May", None),
        ("2020 people came on 3 May", None),
        ("yesterday", None),
        ("23 August 2020 " * 10, None),
        ("", None),
        (None, None),
        (20200823, None),
        (True, None),
    ],
)
def test_parse_date(value, day):
    assert parse_date(value) == (dt.date(*day) if day else None)


@settings(deadline=None)
@given(
    st.text(max_size=40) | st.from_regex(r"[A-Za-z]{3,9}[ ,.]{1,2}[0-9]{1,4}[ :,T+-]{1,2}[0-9]{1,4}", fullmatch=True)
)
def test_any_text_is_a_day_or_none(value):
    assert isinstance(parse_date(value), dt.date | None)


@settings(deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_day_written_out_is_read_back(day):
    assert parse_date(day.isoformat()) == parse_date(f"{day:%d %B %Y}") == parse_date(f"{day:%A, %B %d, %Y}") == day


# Messages.


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain é 俄", "plain é 俄"),
        ("a\nb\tc\x1b[31m", "a\\nb\\tc\\x1b[31m"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
    ],
)
def test_one_line(text, line):
    assert one_line(text) == line


def test_a_problem_is_one_line():
    assert str(Problem("a\n.txt", 3, None, None, "line 3: \x1b[0m")) == "a\\n.txt: line 3: \\x1b[0m"


# Size.


def test_a_line_of_50_mb_is_read_from_text_and_record_files(tmp_path):
    long = "word " * 10_000_000
    (document,) = read(write(tmp_path / "a.txt", "Title\n\n" + long))
    assert len(document.text) == 50_000_007
    (document,) = read(write(tmp_path / "a.jsonl", json.dumps({"title": "T", "text": long})))
    assert len(document.text) == 50_000_000
