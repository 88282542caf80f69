"""Mentions and quotations of whole articles: brought back to their blocks, sentences and sources."""

import json

import pytest

import analysis
from analysis import tables

REGISTRY = """actor_id,name,type,camp,country,alias,kind,valid_from,valid_to,source,note
anna-korr,Anna Korr,person,government,,Anna Korr,name,,,invented,
anna-korr,Anna Korr,person,government,,Korr,name,,,invented,
vadania,Vadania,state,government,,Vadania,name,,,invented,
"""
TITLE = "Vadania’s Bridge ‘Will Stay’"
TEXT = "Anna Korr said the bridge would stay. “It was built by all of us,” she said.\n\nVadania has 12 bridges."


@pytest.fixture
def made(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    (tmp_path / "actors.csv").write_text(REGISTRY, encoding="utf-8")
    (articles / "a.jsonl").write_text(json.dumps({"id": "r1", "title": TITLE, "text": TEXT}), encoding="utf-8")
    (articles / "b.txt").write_text(
        f"{TITLE}\n\nA caption of Anna Korr. Jane Doe / AFP\n\n\n{TEXT}\n", encoding="utf-8"
    )
    return analysis.load(tmp_path), tmp_path


def test_rows_stand_in_their_block_sentence_and_source(made):
    found, path = made
    assert tables.verify(found, path) > 0
    sentences = found.sentences.set_index("sentence_id")
    for table in (found.mentions, found.quotes):
        assert len(table)
        for row in table.itertuples():
            sentence = sentences.loc[row.sentence_id]
            assert sentence["block_id"] == row.block_id and sentence["article_id"] == row.article_id
            assert sentence["start"] <= row.start < sentence["end"]


def test_a_record_and_a_text_of_the_same_words_give_the_same_rows(made):
    found, _ = made
    for table, columns in (
        (found.mentions, ["text", "actor_id", "kind"]),
        (found.quotes, ["text", "kind", "speaker", "speaker_id", "cue"]),
    ):
        by_article = [group[columns].fillna("").values.tolist() for _, group in table.groupby("article_id", sort=False)]
        assert len(by_article) == 2
        assert by_article[0] == by_article[1]


def test_who_is_named_and_who_speaks(made):
    found, _ = made
    first = found.mentions[found.mentions["article_id"] == "r1"]
    assert first["actor_id"].tolist() == ["vadania", "anna-korr", "vadania"]
    quote = found.quotes[(found.quotes["article_id"] == "r1") & (found.quotes["kind"] == "direct")].iloc[0]
    assert quote["text"] == "It was built by all of us,"
    assert (quote["speaker"], quote["speaker_name"], quote["speaker_id"], quote["cue"]) == (
        "she",
        "Anna Korr",
        "anna-korr",
        "said",
    )


def test_captions_are_not_read(made):
    found, _ = made
    kinds = found.blocks.set_index("block_id")["kind"]
    assert set(kinds[found.mentions["block_id"]]) <= {"title", "body"}


def test_a_folder_without_a_registry_is_read_with_the_projects_own(tmp_path):
    (tmp_path / "a.txt").write_text("Bridge Closed In Korrin\n\nVladimir Putin said so.\n", encoding="utf-8")
    assert analysis.load(tmp_path).mentions["actor_id"].tolist() == ["vladimir-putin"]


def test_an_empty_registry_finds_nobody(tmp_path):
    (tmp_path / "a.txt").write_text("Bridge Closed In Korrin\n\nVladimir Putin said so.\n", encoding="utf-8")
    (tmp_path / "actors.csv").write_text(REGISTRY.splitlines()[0] + "\n", encoding="utf-8")
    assert analysis.load(tmp_path).mentions.empty
