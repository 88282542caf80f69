"""Stored tables: what is read of them, tables that are broken, and dates told once more from them."""

import json
import shutil

import pandas as pd
import pytest

from analysis import making, redating, stored, tables
from analysis.__main__ import main
from analysis.engine import extract
from conftest import ROOT

STORY = "Bridge {n} Opens\n\n\nAnn Poe opened the bridge on Monday, AFP said.\n\nShe had been released {when}.\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Two text files of two articles each, with loose words before one, and two records with a date and without."""
    folder = tmp_path_factory.mktemp("stored") / "corpus"
    (folder / "articles").mkdir(parents=True)
    for name, numbers in (("a.txt", (1, 2)), ("b.txt", (3, 4))):
        stories = [STORY.format(n=n, when="after the flood" if n % 2 else "in May") for n in numbers]
        (folder / "articles" / name).write_text("\n\n".join(stories), encoding="utf-8")
    records = [{"id": "r1", "title": "Ferry Sinks", "text": "It sank on Monday.", "date": "2021-03-04"}]
    records += [{"id": "r2", "title": "", "text": "It rose on Tuesday, a day after the flood."}]
    (folder / "articles" / "c.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    shutil.copy(ROOT / "seeds" / "events.csv", folder)
    return folder


@pytest.fixture(scope="module")
def made(corpus, tmp_path_factory):
    """The tables of that corpus, a partition a file."""
    folder = tmp_path_factory.mktemp("stored") / "tables"
    extract(corpus, folder, partition_bytes=1)
    return folder


@pytest.fixture
def copy(made, tmp_path):
    shutil.copytree(made, tmp_path / "tables")
    return tmp_path / "tables"


def test_columns_and_parts_are_those_of_the_whole(made):
    whole = tables.load(made)
    assert list(whole.read("blocks", ["kind", "text"])) == ["kind", "text"]
    assert "blocks" not in vars(whole)
    parts = list(whole.parts())
    assert len(parts) == 3 and [list(part.parts()) == [part] for part in parts] == [True] * 3
    together = pd.concat([part.sentences for part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(together, whole.sentences)
    assert all(part.actors.equals(whole.actors) for part in parts)


@pytest.mark.parametrize("wanted", [{"r2"}, {"bridge-2-opens", "r1"}, set()])
def test_some_articles_are_the_same_of_tables_and_of_their_files(corpus, made, wanted):
    of_files, of_corpus = (tables.load(folder).of(wanted) for folder in (made, corpus))
    assert set(of_corpus.articles["article_id"]) == wanted
    assert set(of_corpus.sentences["article_id"]) == wanted
    for name, table in of_files.items():
        pd.testing.assert_frame_equal(table, getattr(of_corpus, name).reset_index(drop=True))


# Tables that cannot be used.


def truncate(file):
    file.write_bytes(file.read_bytes()[:-20])


def redescribe(file, change):
    package = json.loads(file.read_text(encoding="utf-8"))
    change(package)
    file.write_text(json.dumps(package), encoding="utf-8")


def other_columns(folder):
    file = folder / "quotes" / "part-00001.parquet"
    found = pd.read_parquet(file).drop(columns="text")
    file.unlink()  # a finished partition has the file, too
    found.to_parquet(file, index=False)


def other_types(folder):
    file = folder / "counts" / "part-00000.parquet"
    found = pd.read_parquet(file).astype({"low": "string"})
    file.unlink()
    found.to_parquet(file, index=False)


def without_a_column(package):
    package["resources"][0]["schema"]["fields"].pop()


def otherwise_meant(package):
    package["resources"][0]["schema"]["fields"][0]["description"] = "a number"


BROKEN = {
    "no folder": (shutil.rmtree, "tables: no such folder"),
    "no description": (lambda f: (f / "datapackage.json").unlink(), "datapackage.json: describes no tables"),
    "no JSON": (lambda f: (f / "datapackage.json").write_text("{"), "datapackage.json: describes no tables"),
    "no table": (lambda f: shutil.rmtree(f / "quotes"), r"quotes/part-00000.parquet: missing"),
    "no part": (lambda f: (f / "mentions" / "part-00002.parquet").unlink(), r"mentions/part-00002.parquet: missing"),
    "a part too many": (lambda f: (f / "counts" / "part-00009.parquet").touch(), r"part-00009.parquet: not a file"),
    "half a file": (
        lambda f: truncate(f / "blocks" / "part-00001.parquet"),
        r"part-00001.parquet: not a whole Parquet",
    ),
    "other columns": (other_columns, r"quotes/part-00001.parquet: not the columns of quotes"),
    "other types": (other_types, r"counts/part-00000.parquet: not the columns of counts"),
    "half an extraction": (lambda f: (f / ".publishing").mkdir(), r"\.publishing: an extraction was stopped"),
    "other schema": (
        lambda f: redescribe(f / "datapackage.json", without_a_column),
        "datapackage.json: tables of another version: articles differs in column end",
    ),
    "other meaning": (
        lambda f: redescribe(f / "datapackage.json", otherwise_meant),
        "another version: articles differs in the meaning of a column",
    ),
    "a table not described": (
        lambda f: redescribe(f / "datapackage.json", lambda package: package["resources"].pop(3)),
        "datapackage.json: no table date_evidence",
    ),
}


@pytest.mark.parametrize("break_, told", BROKEN.values(), ids=BROKEN)
def test_broken_tables_are_refused_in_one_line(copy, tmp_path, capsys, break_, told):
    break_(copy)
    assert main(["build", "--tables", str(copy), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and pytest.raises(stored.BadInput, stored.check, copy).match(told)
    assert not (tmp_path / "out").exists()


def test_articles_and_csv_are_no_stored_tables(corpus, tmp_path):
    tables.export(tables.load(corpus), tmp_path)
    assert not stored.is_stored(corpus) and not stored.is_stored(tmp_path) and not stored.is_stored(tmp_path / "x.txt")
    with pytest.raises(stored.BadInput, match="describes no tables that extract wrote as Parquet"):
        stored.check(tmp_path)


# Dates once more.


@pytest.mark.parametrize("place", ["made", "corpus", ROOT / "seeds"], ids=["stored", "read", "seeds"])
def test_dates_told_again_with_the_same_events_are_the_same(corpus, request, place):
    folder = request.getfixturevalue(place) if isinstance(place, str) else place
    background = making.read_background(*tables.registry_rows(corpus))
    found = tables.load(folder)
    again = redating.dated_again(found, background.events)
    pd.testing.assert_frame_equal(again, found.articles[["article_id", *redating.DAYS]])


def test_dates_without_events_are_those_of_a_corpus_that_has_none(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "corpus")
    (tmp_path / "corpus" / "events.csv").unlink()
    less = redating.dated_again(tables.load(ROOT / "seeds"))
    expected = tables.load(tmp_path / "corpus").articles
    pd.testing.assert_frame_equal(less, expected[["article_id", *redating.DAYS]])
    assert less["published"].isna().sum() > tables.load(ROOT / "seeds").articles["published"].isna().sum()


def test_a_date_that_was_set_stays(tmp_path, corpus):
    shutil.copytree(corpus, tmp_path / "corpus")
    rows = "article_id,published,reason\nbridge-1-opens,2021-03-08,told so\n"
    (tmp_path / "corpus" / "dates.csv").write_text(rows, encoding="utf-8")
    less = redating.dated_again(tables.load(tmp_path / "corpus")).set_index("article_id")["published"]
    assert [f"{less[name]:%Y-%m-%d}" for name in ("bridge-1-opens", "r1")] == ["2021-03-08", "2021-03-04"]
