"""The tasks of the comparison with public tools: what is asked, the labels, and what the tables and simple rules answer.

A task is one question, its labels and the answers of each tool as sets of keys: an answer is right where its key is a
label's. Labels are cut down to what the tools can say; where a tool's answer is less exact than a label, it stands for
the label that holds it. Tools' answers come from `ask_tools.py`, in the order of the texts that `Questions` gives them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import baselines
import pandas as pd

from analysis import evaluate
from analysis.counts import DETENTION
from analysis.lexicon import news
from analysis.sentiment import label
from analysis.tables import Tables

OWN = "these tables"
NO_PACKAGE = "not asked: not on the package index"
NO_MODEL = "not asked: needs a model that its makers offer only as a download of their own"
SPAN = ["source", "start", "end"]


@dataclass
class Task:
    """One question with the labels and the answers of each tool, as sets of keys."""

    name: str
    asked: str
    labels: set[Any]
    own: set[Any]
    baselines: dict[str, tuple[set[Any], str]] = field(default_factory=dict)
    tools: dict[str, tuple[set[Any], str]] = field(default_factory=dict)
    not_asked: dict[str, str] = field(default_factory=dict)

    def rows(self, versions: dict[str, str]) -> Iterator[tuple[Any, ...]]:
        """Yield a row for these tables, then the tools, then the baselines, then those that could not be asked."""
        answered = {OWN: (self.own, "rules written with these articles before them"), **self.tools}
        answered |= {f"baseline: {name}": given for name, given in self.baselines.items()}
        for tool, (answers, note) in answered.items():
            right = len(answers & self.labels)
            yield self.name, tool, versions.get(tool), self.asked, len(self.labels), len(answers), right, note
        for tool, note in self.not_asked.items():
            yield self.name, tool, None, self.asked, len(self.labels), None, None, note


class Questions:
    """The tasks on one corpus with its labels, and the texts that the tools are given."""

    def __init__(self, corpus: Tables) -> None:
        self.corpus = corpus
        blocks = corpus.blocks[corpus.blocks["kind"].isin(["title", "body"])]
        self.blocks = list(blocks[["source", "start", "text", "kind"]].itertuples(index=False))
        whole = corpus.blocks.dropna(subset=["article_id"]).groupby("article_id", sort=False)["text"]
        self.articles = whole.agg("\n\n".join).to_dict()
        sources = corpus.blocks[["block_id", "source"]]
        self.sentences = corpus.sentences.merge(sources, on="block_id", validate="many_to_one")
        self.types = corpus.actors.drop_duplicates("actor_id").set_index("actor_id")["type"].to_dict()
        names = corpus.actors[corpus.actors["kind"] == "name"].drop_duplicates("alias").set_index("alias")["actor_id"]
        self.surnames = {
            alias.split()[-1]: actor for alias, actor in reversed(list(names.items())) if self.types[actor] == "person"
        }
        self.names = self.surnames | names.to_dict()
        self.counts = self._labelled("counts").drop_duplicates(SPAN)
        self.tones = self._labelled("sentiment").drop_duplicates(SPAN)

    def texts(self) -> dict[str, list[str]]:
        """Return the texts that tools are given, by kind."""
        return {
            "blocks": [block.text for block in self.blocks],
            "articles": list(self.articles.values()),
            "quantities": self.counts["text"].tolist(),
            "sentences": self.tones["text"].tolist(),
        }

    def tasks(self, answers: dict[str, list[Any]]) -> list[Task]:
        """Return every task with the answers of the tools, the baselines and these tables."""
        return [
            self._sentences(answers),
            self._dates(answers),
            self._persons(),
            self._states(answers),
            self._quotations(answers),
            self._speakers(),
            self._numbers(answers),
            self._bounds(answers),
            self._detention(answers),
            self._sanctions(),
            self._tones(answers),
        ]

    def _labelled(self, name: str) -> pd.DataFrame:
        gold = evaluate.labels(self.corpus, name)
        assert gold is not None, f"no labels of {name}"
        return gold.astype({column: "Int64" for column in ("start", "end", "low", "high", "point") if column in gold})

    def _found(self, name: str, *, kinds: tuple[str, ...] = ("title", "body")) -> pd.DataFrame:
        blocks = self.corpus.blocks[["block_id", "source", "kind"]].rename(columns={"kind": "block_kind"})
        found = getattr(self.corpus, name).merge(blocks, on="block_id", validate="many_to_one")
        return found[found["block_kind"].isin(kinds)]

    def _in_blocks(self, spans: Callable[[str], Any], *, kinds: tuple[str, ...] = ("title", "body")) -> set[Any]:
        """Ask for the spans of each block, and move them to where they stand in the source."""
        return {
            (b.source, b.start + first, b.start + last, *rest)
            for b in self.blocks
            if b.kind in kinds
            for first, last, *rest in spans(b.text)
        }

    def _sentences(self, answers: dict[str, list[Any]]) -> Task:
        texts = self.texts()["blocks"]
        tools = {}
        for tool, note in (
            ("nltk", "Punkt without its trained model, which is no package"),
            ("pysbd", "paragraph by paragraph"),
            ("syntok", "paragraph by paragraph"),
        ):
            given = dict(zip(texts, answers.get(tool, [[]] * len(texts)), strict=True))
            tools[tool] = (self._in_blocks(given.__getitem__), note)
        asked = "first and last character of each sentence"
        return Task(
            "sentences", asked, keys(self._labelled("sentences"), SPAN), keys(self.sentences, SPAN), tools=tools
        )

    def _dates(self, answers: dict[str, list[Any]]) -> Task:
        columns = ["article_id", "published"]
        dated = self.corpus.articles[columns].dropna()
        own = keys(dated.assign(published=dated["published"].dt.strftime("%Y-%m-%d")), columns)
        note = "given the article with its captions; the first full date that it finds"
        tools = {
            tool: ({(a, day) for a, day in zip(self.articles, answers.get(tool, []), strict=False) if day}, note)
            for tool in ("datefinder", "dateparser", "htmldate")
        }
        tools["htmldate"] = (tools["htmldate"][0], "given the article as a page of one paragraph")
        latest = {(a, day) for a, text in self.articles.items() if (day := baselines.latest_date(text))}
        return Task(
            "dates",
            "day of publication",
            keys(self._labelled("dates"), columns),
            own,
            {"latest date printed": (latest, "no weekdays, no events")},
            tools,
            {"HeidelTime": "not asked: runs on Java"},
        )

    def _named(self, type_: str) -> tuple[set[Any], set[Any]]:
        columns = [*SPAN, "actor_id"]
        sides = [self._labelled("mentions"), self._found("mentions")]
        return tuple(  # type: ignore[return-value]
            keys(side[(side["kind"] == "name") & (side["actor_id"].map(self.types) == type_)], columns)
            for side in sides
        )

    def _persons(self) -> Task:
        labels, own = self._named("person")
        spotted = self._in_blocks(lambda text: baselines.surnames(text, self.surnames))
        note = "right where the surname stands inside the labelled name; the surnames are the registry’s"
        return Task(
            "names of persons",
            "span and person",
            labels,
            own,
            {"surname list": (snapped(spotted, labels), note)},
            not_asked={"nltk (ne_chunk)": NO_MODEL, "spaCy (en_core_web_sm)": NO_MODEL},
        )

    def _states(self, answers: dict[str, list[Any]]) -> Task:
        labels, own = ({key[:3] for key in side} for side in self._named("state"))
        tool = "country-named-entity-recognition"
        given = dict(zip(self.texts()["blocks"], answers.get(tool, [[]] * len(self.blocks)), strict=True))
        found = {key[:3] for key in self._in_blocks(given.__getitem__)}
        note = "which state it is was not asked"
        return Task("names of states", "span", labels, own, tools={tool: (found, note)})

    def _gdelt(self, answers: dict[str, list[Any]], part: str) -> Callable[[str], Any]:
        """Return what gdelt-regkg answered to a block, one part of it."""
        given = zip(self.texts()["blocks"], answers.get("gdelt-regkg", []), strict=False)
        by_text = {text: answer[part] for text, answer in given}
        return lambda text: by_text.get(text, [])

    def _quotations(self, answers: dict[str, list[Any]]) -> Task:
        marks = self._in_blocks(baselines.between_marks, kinds=("body",))
        return Task(
            "quotations",
            "span between the marks",
            keys(self._labelled("quotes"), SPAN),
            keys(self._found("quotes", kinds=("body",)), SPAN),
            {"whatever stands in curly marks": (marks, "kinds and speakers were not asked")},
            {
                "gdelt-regkg": (
                    self._in_blocks(self._gdelt(answers, "quotations"), kinds=("body",)),
                    "it names no speakers",
                )
            },
            {"textacy": NO_MODEL, "GenderGapTracker": NO_PACKAGE},
        )

    def _speakers(self) -> Task:
        columns = [*SPAN, "speaker_id"]
        labelled = self._labelled("quotes").dropna(subset=["speaker_id"])
        labels, spans = keys(labelled, columns), keys(labelled, SPAN)
        own = keys(self._found("quotes").dropna(subset=["speaker_id"]), columns)
        nearest = set()
        for source, start, end in spans:
            block = next(b for b in self.blocks if b.source == source and b.start <= start < b.start + len(b.text))
            actor = baselines.nearest_name(block.text, (start - block.start, end - block.start), self.names)
            nearest |= {(source, start, end, actor)} if actor else set()
        note = "given the labelled quotation and its paragraph; names are looked up in the registry"
        return Task(
            "speakers",
            "which actor of the registry said the labelled quotation",
            labels,
            {key for key in own if key[:3] in spans},
            {"nearest capitalised name": (nearest, note)},
            not_asked={"textacy": NO_MODEL},
        )

    def _values(self, answers: dict[str, list[Any]]) -> dict[str, dict[Any, int]]:
        """Return for each tool the whole number that it reads in the words of each labelled span."""
        spans = list(self.counts[SPAN].itertuples(index=False, name=None))
        tools = ("number-parser", "quantulum3", "text2num", "word2number")
        given = {tool: answers.get(tool, [None] * len(spans)) for tool in tools}
        return {tool: {s: int(v) for s, v in zip(spans, given[tool], strict=True) if v is not None} for tool in tools}

    def _numbers(self, answers: dict[str, list[Any]]) -> Task:
        columns = [*SPAN, "point"]
        labels = keys(self.counts.dropna(subset=["point"]), columns)
        spans = {key[:3] for key in labels}
        own = keys(self._found("counts").dropna(subset=["point"]), columns)
        note = "given the labelled words alone; the value without its bound"
        return Task(
            "numbers of people",
            "number stated in the labelled words",
            labels,
            {key for key in own if key[:3] in spans},
            tools={
                tool: ({(*span, value) for span, value in values.items() if span in spans}, note)
                for tool, values in self._values(answers).items()
            },
        )

    def _bounds(self, answers: dict[str, list[Any]]) -> Task:
        columns = [*SPAN, "low", "high"]
        filled = self.counts.assign(high=self.counts["high"].fillna(-1))
        found = self._found("counts")
        own = keys(found.assign(high=found["high"].fillna(-1)), columns)
        spans = keys(filled, SPAN)
        note = "the tool knows no bounds: its value was taken for both"
        return Task(
            "bounds of numbers",
            "lower and upper bound that the labelled words give",
            keys(filled, columns),
            {key for key in own if key[:3] in spans},
            tools={
                tool: ({(*span, value, value) for span, value in values.items()}, note)
                for tool, values in self._values(answers).items()
            },
        )

    def _detention(self, answers: dict[str, list[Any]]) -> Task:
        columns = [*SPAN, "measure"]
        labels = keys(self.counts[self.counts["measure"].isin(DETENTION)], columns)
        found = self._found("counts")
        near = {
            (s.source, s.start + first, s.start + last, measure)
            for s in self.sentences.itertuples()
            for first, last, measure in baselines.near_detention(s.text)
        }
        note = "right where the number stands inside the labelled words; without bounds"
        arrests = {
            next(
                (g for g in sorted(labels) if g[0] == source and start <= g[1] and g[2] <= end),
                (source, start, end, None),
            )
            for source, start, end in self._in_blocks(self._gdelt(answers, "arrests"))
        }
        return Task(
            "detention figures",
            "words and measure",
            labels,
            keys(found[found["measure"].isin(DETENTION)], columns),
            {"number beside the nearest verb of detention": (snapped(near, labels), note)},
            {
                "gdelt-regkg": (
                    arrests,
                    "its arrests, right where they hold the labelled words; any measure; without bounds",
                )
            },
        )

    def _sanctions(self) -> Task:
        columns = ["sentence_id", "sender_id", "target_id", "stage"]
        mentions = self._labelled("mentions").sort_values("start")
        actors = mentions[mentions["kind"] != "demonym"].groupby("sentence_id")["actor_id"].agg(list).to_dict()
        given = {
            (s.sentence_id, *event)
            for s in self.sentences.itertuples()
            if (event := baselines.first_and_last(s.text, actors.get(s.sentence_id, [])))
        }
        note = "given the labelled actors of the sentence; stage by a short list of verbs"
        return Task(
            "sanction events",
            "sentence, sender, target and stage",
            keys(self._labelled("sanction_events"), columns),
            keys(self.corpus.sanction_events, columns),
            {"first and last actor": (given, note)},
            not_asked={"PETRARCH2": NO_PACKAGE},
        )

    def _tones(self, answers: dict[str, list[Any]]) -> Task:
        labels = keys(self.tones, [*SPAN, "label"])
        spans = list(self.tones[SPAN].itertuples(index=False, name=None))
        lexicon = news()

        def said(tones: list[str]) -> set[Any]:
            return {(*span, tone) for span, tone in zip(spans, tones, strict=False)}

        commonest = Counter(self.tones["label"]).most_common(1)[0][0]
        notes = {
            "afinn": "by the sign of its score",
            "textblob": "by the sign of its polarity",
            "vaderSentiment": "within 0.05 of zero neutral, as its makers say",
        }
        return Task(
            "tone of sentences",
            "negative, neutral or positive",
            labels,
            said([label(lexicon.score(text).compound) for text in self.tones["text"]]),
            {f"always {commonest}": (said([commonest] * len(spans)), "the commonest label")},
            {tool: (said(answers.get(tool, [])), note) for tool, note in notes.items()},
        )


def keys(frame: pd.DataFrame, columns: list[str]) -> set[Any]:
    """Return the rows of a frame as a set of tuples of plain values."""
    return set(frame[columns].astype("object").itertuples(index=False, name=None))


def snapped(answers: set[Any], labels: set[Any]) -> set[Any]:
    """Put the label in the place of an answer (source, first, last, value) that stands inside it."""
    held = [
        next((g for g in labels if (g[0], g[3]) == (a[0], a[3]) and g[1] <= a[1] and a[2] <= g[2]), a) for a in answers
    ]
    return set(held)
