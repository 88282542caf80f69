"""Articles as nobody would write them: cut, doubled, shuffled, in other marks, spaces, scripts, and hostile.

Whatever goes in, every table comes out, each row stands where it says, and its properties hold.
"""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis import tables
from analysis.corpus import read_documents
from analysis.dates import Dating
from analysis.reading import read_article
from analysis.sources import Document
from conftest import ROOT

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
        read = read_article(article, tables.split_article(article), REGISTRY, Dating(published=dt.date(2020, 9, 1)))
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


@pytest.mark.parametrize("odd", [odd for odd in ODD if odd])
def test_a_hostile_string_goes_through_every_table_unchanged(tmp_path, odd):
    rows = [{"id": odd, "title": f"{odd} Bridge", "text": f"{PARTS[0]} {odd} {PARTS[2]}\n\n{odd}", "agency": odd}]
    (tmp_path / "a.jsonl").write_text(json.dumps(rows[0]), encoding="utf-8")
    made = analysis.load(tmp_path / "a.jsonl", registry=ROOT / "seeds")
    assert tables.verify(made, tmp_path / "a.jsonl") > 0
    assert "".join(made.blocks["text"]) == rows[0]["title"] + rows[0]["text"]
    for name, table in made.items():
        assert tables.serialise(table, format="csv"), name


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
    (article,) = read_documents([Document(source="x", text=text, title="T")]).articles
    read = read_article(article, tables.split_article(article), REGISTRY, Dating())
    assert sum(len(row.text) for _, _, row in read.mentions) <= len(text)
