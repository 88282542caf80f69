"""Tables: their schema, loading, export that reads back equal, and the proof that every row stands in its source."""

from __future__ import annotations

import dataclasses
import gc
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import tables
from analysis.dates import BASES
from analysis.layout import BLOCK_KINDS
from analysis.sources import BadInput
from conftest import ROOT, read_back

STORY = (
    "Bridge Closed In Korrin\n\nThe bridge on March 2, 2021. Jo Doe / AFP\n\n\n"
    "It closed on Tuesday.\n\nIt will open soon.\n"
)
RECORDS = [
    {
        "id": "r1",
        "title": "Ferry Sinks",
        "text": "It sank on Monday.\n\nAll “swam”, they said.",
        "date": "2021-03-02",
        "agency": "AFP",
    },
    {"id": "r2", "title": "", "text": "No title\there.\r\nBut a carriage return\rand a NA.\n\nNA"},
    {
        "title": "Count Bolo Flees",
        "text": "KORRIN (AFP) - Count Bolo fled on Tuesday.\n\n“Why?” he asked.",
        "url": "http://x.org/a",
    },
    {
        "id": "r4",
        "title": 'Storm, "wild"',
        "text": "Storm over Korrin on Tuesday, told AFP.\n\nHe\u00a0fled\u2028far, on March 1, 2021. 🚢 sank.",
    },
]
EVENTS = "event_id,date,phrase\nflight,2021-03-02,Count Bolo … fled\n"
MARKED = "\ufeffA Title Line\r\n\r\n\r\nThe mayor spoke on Monday.\r\n\r\nMore words, he said.\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of every kind of file, with a registry and one curated date."""
    articles = tmp_path / "corpus" / "articles"
    articles.mkdir(parents=True)
    (articles / "a.txt").write_bytes(STORY.encode())
    (articles / "b.jsonl").write_text("\n".join(json.dumps(record) for record in RECORDS), encoding="utf-8")
    (articles / "c.txt").write_bytes(MARKED.encode())
    (articles / "d.txt").write_bytes(STORY.replace("\n", "\r").encode())
    (articles / "e.txt").write_bytes(b"\xff\xfe broken")
    (articles / "f.txt").write_bytes(b"stray words only.\n")
    pd.DataFrame(RECORDS[:2]).to_parquet(articles / "g.parquet")
    (tmp_path / "corpus" / "events.csv").write_text(EVENTS, encoding="utf-8")
    (tmp_path / "corpus" / "dates.csv").write_text(
        "article_id,published,reason\ncount-bolo-flees,2021-03-02,his diary\nnobody,2021-03-02,a slip\n",
        encoding="utf-8",
    )
    return tmp_path / "corpus"


@pytest.fixture
def made(folder: Path) -> tables.Tables:
    return tables.load(folder)


# Schema.


def test_every_column_is_documented_and_has_its_type(made: tables.Tables) -> None:
    types = {"string": "string", "integer": "Int64", "number": "Float64", "date": "datetime64[s]", "boolean": "bool"}
    assert [name for name, _ in made.items()] == list(tables.SCHEMA)
    for name, table in made.items():
        columns = tables.SCHEMA[name]
        assert list(table.columns) == [column for column, _, _ in columns]
        assert len(set(table.columns)) == len(columns)
        assert all(re.search(r"\w{3}", text) and "|" not in text for _, _, text in columns)
        for column, kind, _ in columns:
            assert str(table[column].dtype) == types[kind], (name, column)


def test_ids_are_unique_and_lead_to_their_rows(made: tables.Tables, seed: tables.Tables) -> None:
    for found in (made, seed):
        assert found.articles["article_id"].is_unique
        assert found.blocks["block_id"].is_unique
        assert found.sentences["sentence_id"].is_unique
        assert not found.articles.duplicated(["source", "position"]).any()
        for name in ("blocks", "sentences", "date_evidence"):
            table = getattr(found, name)
            assert set(table["article_id"].dropna()) <= set(found.articles["article_id"])
            if name != "blocks":
                assert set(table["block_id"]) <= set(found.blocks["block_id"])
        assert set(found.blocks["kind"]) <= set(BLOCK_KINDS)
        assert set(found.articles["published_basis"]) <= set(BASES)


def test_what_is_missing_is_missing(made: tables.Tables) -> None:
    articles = made.articles.set_index("article_id")
    assert articles.loc["r2", ["published", "published_evidence", "agency"]].isna().all()
    assert made.date_evidence["event_id"].isna().any()
    for _, table in made.items():
        texts = [column for column in table.columns if str(table[column].dtype).startswith("str") and column != "title"]
        assert not any((table[column] == "").any() for column in texts)


def test_rows_of_a_small_corpus(folder: Path) -> None:
    made = tables.load(folder / "articles" / "a.txt", registry=folder)
    [article] = made.articles.itertuples(index=False)
    day = pd.Timestamp("2021-03-02")
    assert tuple(article) == (
        "bridge-closed-in-korrin",
        "a.txt",
        1,
        "Bridge Closed In Korrin",
        day,
        day,
        day,
        "weekday+caption",
        "Tuesday | March 2, 2021",
        "AFP",
        8,
        2,
        0,
        len(STORY) - 1,
    )
    assert [tuple(row) for row in made.blocks[["block_id", "kind", "start"]].itertuples(index=False)][:4] == [
        ("bridge-closed-in-korrin.b0", "title", 0),
        ("bridge-closed-in-korrin.b1", "gap", 23),
        ("bridge-closed-in-korrin.b2", "caption", 25),
        ("bridge-closed-in-korrin.b3", "gap", 66),
    ]
    assert made.sentences["sentence_id"].tolist() == [f"bridge-closed-in-korrin.b{n}.s0" for n in (0, 4, 6)]
    assert made.date_evidence[["text", "rule", "role"]].to_numpy().tolist() == [
        ["Tuesday", "weekday", "decides"],
        ["March 2, 2021", "caption", "decides"],
    ]
    assert made.errors.empty


# Loading.


def test_what_cannot_be_used_is_a_row_of_errors(made: tables.Tables) -> None:
    errors = made.errors.set_index("source")
    assert bool(errors.loc["e.txt", "is_lost"])
    assert "no article 'nobody'" in errors.loc["dates.csv", "cause"]
    assert not errors.loc["dates.csv", "is_lost"]
    assert len(made.errors) == len(made.problems)


def test_the_registry_is_the_corpus_or_for_a_file_the_projects(folder: Path) -> None:
    own = tables.load(folder).articles.set_index("article_id")
    assert own.loc["count-bolo-flees", "published_basis"] == "curated"
    single = tables.load(folder / "articles" / "b.jsonl")
    assert single.articles.set_index("article_id").loc["count-bolo-flees", "published_basis"] == "none"
    assert "dates.csv" not in set(single.errors["source"])
    given = tables.load(folder / "articles" / "b.jsonl", registry=folder, progress=True)
    assert given.articles.set_index("article_id").loc["count-bolo-flees", "published_basis"] == "curated"


def test_a_corpus_needs_no_registry(folder: Path) -> None:
    (folder / "events.csv").unlink()
    (folder / "dates.csv").unlink()
    assert set(tables.load(folder).articles["published_basis"]) == {"given", "weekday+caption", "none"}


def test_nothing_to_read_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"nothing can be read: a\.txt"):
        tables.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("events.csv", b"\xff\xfe", "UTF-16"),
        ("events.csv", b'event_id,date,phrase\n"a,2021-03-02,x\n', "events.csv: broken CSV"),
        ("events.csv", b"event_id,date,phrase\na,2021-03-32,x\n", "events.csv, line 2"),
        ("dates.csv", b"article_id,published,reason\na,2021-03-02,\n", "dates.csv, line 2"),
    ],
)
def test_a_broken_registry_is_bad_input(folder: Path, name: str, data: bytes, message: str) -> None:
    (folder / name).write_bytes(data)
    with pytest.raises(BadInput, match=message):
        tables.load(folder)


# Export.


@pytest.mark.parametrize("format", ["csv", "parquet"])
@pytest.mark.parametrize("which", ["made", "seed"])
def test_an_export_reads_back_equal(which: str, format: str, request: pytest.FixtureRequest) -> None:
    for name, table in request.getfixturevalue(which).items():
        data = tables.serialise(table, format=format)
        pd.testing.assert_frame_equal(read_back(data, name, format), table.reset_index(drop=True))
        assert tables.serialise(table, format=format) == data


@settings(max_examples=80, deadline=None)
@given(
    texts=st.lists(
        st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)),
        max_size=4,
    )
)
def test_any_text_survives_csv(texts: list[str | None]) -> None:
    rows = [("a.txt", 1, None, None, text, False) for text in texts]
    table = tables.frame("errors", rows)
    pd.testing.assert_frame_equal(read_back(tables.serialise(table, format="csv"), "errors", "csv"), table)


def test_the_data_package_is_true_of_the_files(made: tables.Tables, tmp_path: Path) -> None:
    written = tables.export(made, tmp_path / "new" / "out")
    package = json.loads((tmp_path / "new" / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert {path.name for path in written} == {path.name for path in (tmp_path / "new" / "out").iterdir()}
    assert {r["path"] for r in package["resources"]} | {"datapackage.json"} == {path.name for path in written}
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    for resource in package["resources"]:
        assert resource["format"] == "csv"
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        data = (tmp_path / "new" / "out" / resource["path"]).read_bytes()
        fields = resource["schema"]["fields"]
        assert all(set(field) == {"name", "type", "description"} for field in fields)
        assert resource["schema"]["missingValues"] == [""]
        found = read_back(data, resource["name"], "csv")
        assert list(found.columns) == [field["name"] for field in fields]
        assert (resource["encoding"], resource["mediatype"]) == ("utf-8", "text/csv")
        raw = pd.read_csv(io.BytesIO(data), dtype="string", keep_default_na=False, lineterminator="\n")
        patterns = {
            "integer": r"-?\d+",
            "number": r"-?\d+(\.\d+)?(e-\d+)?",
            "date": r"\d{4}-\d\d-\d\d",
            "boolean": "True|False",
            "string": r"(?s).+",
        }
        for field in fields:
            values = raw[field["name"]]
            assert values[values != ""].str.fullmatch(patterns[field["type"]]).all(), field


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_failing_export_leaves_the_earlier_one_whole(
    made: tables.Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    tables.export(made, out)
    before = snapshot(out)
    calls = []

    def fails(table: pd.DataFrame, *, format: str) -> bytes:
        calls.append(format)
        if len(calls) == 3:
            raise OSError("disk full")
        return b"new"

    monkeypatch.setattr(tables, "serialise", fails)
    with pytest.raises(OSError, match="disk full"):
        tables.export(made, out)
    assert snapshot(out) == before


def test_a_file_that_cannot_be_put_in_place_leaves_no_rest(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError):
        tables.write_whole(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_what_is_written_is_as_readable_as_any_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"x")
    path = tables.write_whole(tmp_path / "whole", b"x")
    assert path.read_bytes() == b"x"
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


# Proof.


def test_every_row_of_the_seed_stands_in_its_source(seed: tables.Tables) -> None:
    expected = sum(len(table) for _, table in seed.items() if "text" in table)
    assert tables.verify(seed, ROOT / "seeds") == expected > 400


def test_every_row_of_records_and_texts_stands_in_its_source(folder: Path, made: tables.Tables) -> None:
    assert tables.verify(made, folder) == sum(len(table) for name, table in made.items() if "text" in table)
    assert len(made.articles) >= 8


def changed(made: tables.Tables, name: str, row: int, column: str, value: object) -> tables.Tables:
    table = getattr(made, name).copy()
    table.loc[row, column] = value
    return dataclasses.replace(made, **{name: table})


@pytest.mark.parametrize(
    ("name", "row", "column", "value"),
    [
        ("blocks", 0, "text", "Bridge closed in Korrin"),
        ("blocks", 4, "end", 67),
        ("blocks", 4, "start", 0),
        ("blocks", 2, "source", "b.jsonl"),
        ("sentences", 1, "text", "It closed."),
        ("sentences", 1, "block_id", "bridge-closed-in-korrin.b0"),
        ("sentences", 1, "block_id", "nowhere"),
        ("date_evidence", 0, "start", 0),
    ],
)
def test_a_changed_row_is_named(
    folder: Path, made: tables.Tables, name: str, row: int, column: str, value: object
) -> None:
    with pytest.raises(AssertionError, match=f"{name}, row {row}"):
        tables.verify(changed(made, name, row, column, value), folder)


def test_a_row_too_many_or_too_few_is_found(folder: Path, made: tables.Tables) -> None:
    n = len(made.blocks)
    fewer = dataclasses.replace(made, blocks=made.blocks.iloc[:-1])
    with pytest.raises(AssertionError, match=f"blocks, row {n - 1}"):
        tables.verify(fewer, folder)
    more = dataclasses.replace(made, blocks=pd.concat([made.blocks, made.blocks.iloc[-1:]], ignore_index=True))
    with pytest.raises(AssertionError, match=f"blocks, row {n}"):
        tables.verify(more, folder)
    with pytest.raises(AssertionError, match="an id twice"):
        tables.verify(changed(made, "blocks", 1, "block_id", made.blocks.loc[0, "block_id"]), folder)


def test_a_changed_source_is_found(folder: Path, made: tables.Tables) -> None:
    (folder / "articles" / "a.txt").write_text(STORY.replace("soon", "late"), encoding="utf-8")
    with pytest.raises(AssertionError, match="blocks, row"):
        tables.verify(made, folder)


def test_loading_leaves_the_collector_as_it_was(folder: Path) -> None:
    gc.disable()
    try:
        tables.load(folder)
        assert not gc.isenabled()
    finally:
        gc.enable()
    tables.load(folder)
    assert gc.isenabled()
