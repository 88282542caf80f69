"""Documents to articles: who owns which block, under which id, and whose copy it is.

One row of **blocks** is one stretch of the source; end to end they are the source (of a record: its
text; the title row counts within the record's title).

| column | type | meaning |
| --- | --- | --- |
| block_id | str | article_id and running number, unique in the corpus |
| article_id | str | the article it belongs to; empty between articles and where no article was found |
| source | str | file |
| kind | str | title, caption, body, subheading, read_also, gap, other |
| start, end | int | characters, half open |
| text | str | source[start:end], unchanged |

One row of **articles** is one article with a title and a body; `dates` adds the columns on its date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from slugify import slugify

from analysis.furniture import DASHES, agencies, agency_names, credited, fold
from analysis.layout import COUNTED_ENDS, LINE, Block, split_record, split_text
from analysis.sources import Document, Problem

MAX_SLUG_CHARACTERS = 100

_ODD_CHARACTERS = (
    ("control character", re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")),
    ("direction mark", re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")),
    ("invisible character", re.compile("[\u00ad\u200b\u2060]|(?<=.)\ufeff", re.DOTALL)),
)


@dataclass(slots=True)
class Article:
    """One article with its blocks in order; the title's block of a record counts within the title."""

    article_id: str
    source: str
    position: int
    title: str
    document: Document
    title_block: Block
    blocks: list[Block] = field(default_factory=list)
    agency: str | None = None

    def text(self, block: Block) -> str:
        """Return a block's characters."""
        holder = self.document.title if block is self.title_block else None
        return (self.document.text if holder is None else holder)[block.start : block.end]

    def of_kind(self, *kinds: str) -> list[Block]:
        """Return the article's blocks of these kinds, the title's included, in order."""
        return [block for block in [self.title_block, *self.blocks] if block.kind in kinds]

    @property
    def start(self) -> int:
        """Where the article starts: its title, or in a record its text."""
        return 0 if self.document.is_record else self.title_block.start

    @property
    def end(self) -> int:
        """Where the article's last block that is not a gap ends."""
        return max(block.end for block in self.blocks if block.kind != "gap")


@dataclass(slots=True)
class Corpus:
    """Everything read: documents with their blocks, the articles found, what needs attention.

    The blocks of a text tile it; of a record the first is its title, and the others tile its text.
    """

    documents: list[tuple[Document, list[Block]]] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Ids:
    """The ids of a corpus, each given once: a name that is taken gets -2, -3 … behind it."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}  # of each name the last number given

    def take(self, wanted: str) -> str:
        """Return the name, or the first of its numbers that is free."""
        unique = wanted
        while unique in self._last:
            self._last[wanted] += 1
            unique = f"{wanted}-{self._last[wanted]}"
        self._last[unique] = 1
        return unique

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._last


def read_documents(documents: Iterable[Document | Problem], *, renamed: Mapping[int, str] | None = None) -> Corpus:
    """Divide documents into blocks and articles; problems pass through and are added to.

    Where the documents are a part of a corpus, `renamed` holds the ids of those articles, by their number
    from 0, whose names are taken in the whole of it.
    """
    corpus = Corpus()
    ids = Ids()
    for document in documents:
        if isinstance(document, Problem):
            corpus.problems.append(document)
            continue
        corpus.problems += _odd_characters(document)
        articles, blocks, problems = divide(document)
        corpus.documents.append((document, blocks))
        corpus.problems += problems
        for article in articles:
            wanted = wanted_id(article)
            number = len(corpus.articles)
            article.article_id = ids.take(wanted) if renamed is None else renamed.get(number, wanted)
            article.agency = find_agency(article)
            corpus.articles.append(article)
            if article.article_id != wanted and (article.title or document.record_id):
                corpus.problems.append(_repeated(article))
    return corpus


def divide(document: Document) -> tuple[list[Article], list[Block], list[Problem]]:
    """Divide one document into its articles, which have no ids yet, and the blocks that tile it."""
    return _of_record(document) if document.is_record else _of_text(document)


def wanted_id(article: Article) -> str:
    """Name an article as it would be if no other had its name: by its record's id, else its title."""
    return article.document.record_id or _slug(article.title)


def _of_text(document: Document) -> tuple[list[Article], list[Block], list[Problem]]:
    blocks, problems = split_text(document.text)
    titles = [block for block in blocks if block.kind == "title"]
    articles = [
        Article("", document.source, position, fold(document.text[title.start : title.end]), document, title)
        for position, title in enumerate(titles, start=1)
    ]
    for block in blocks:
        if block.article is not None and block.kind != "title":
            articles[block.article].blocks.append(block)
    return articles, blocks, [replace(problem, source=document.source) for problem in problems]


def _of_record(document: Document) -> tuple[list[Article], list[Block], list[Problem]]:
    printed = document.title or ""
    title = Block("title", 0, len(printed), 0)
    inner, problems = split_record(document.text)
    problems = [replace(problem, source=document.source, position=document.position) for problem in problems]
    if any(block.kind == "body" for block in inner):
        article = Article("", document.source, document.position, fold(printed), document, title, inner)
        return [article], [title, *inner], problems
    for block in (title, *inner):
        block.article = None
        block.kind = "gap" if block.kind == "gap" else "other"
    cause = f"record {document.position}: a text without a body: {fold(printed)[:60]!r}"
    return [], [title, *inner], [*problems, Problem(document.source, document.position, None, None, cause)]


def _repeated(article: Article) -> Problem:
    what = "id" if article.document.record_id else "title"
    title = article.title_block
    cause = f"article {article.position}: the same {what} again; its id becomes {article.article_id}"
    return Problem(article.source, article.position, title.start, title.end, cause, is_lost=False)


def _slug(title: str) -> str:
    return slugify(title, max_length=MAX_SLUG_CHARACTERS, word_boundary=True) or "untitled"


def _odd_characters(document: Document) -> list[Problem]:
    """List characters that print nothing or turn the order of others; the text is read all the same."""
    # White space aside, Python calls none of them printable.
    if document.text.replace("\n", "").replace("\r", "").replace("\u00a0", "").isprintable():
        return []
    found = []
    for what, pattern in _ODD_CHARACTERS:
        match = pattern.search(document.text)
        if not match:
            continue
        n = sum(1 for _ in pattern.finditer(document.text))
        line = sum(end.group(2) in COUNTED_ENDS for end in LINE.finditer(document.text, 0, match.start())) + 1
        position = document.position if document.is_record else line
        cause = f"line {line}: {what} U+{ord(match.group()):04X} ({n:,} in all)"
        found.append(Problem(document.source, position, match.start(), match.end(), cause, is_lost=False))
    return found


def find_agency(article: Article) -> str | None:
    """Name the agency whose copy an article is: by its record, dateline, picture credits or "told AFP".

    Returns the agency that most of these name, the first named where several tie; None for no sign.
    """
    if article.document.agency:
        return agencies().get(article.document.agency.lower(), article.document.agency)
    found = [name for block in article.of_kind("caption") if (name := credited(article.text(block)))]
    for text in map(article.text, article.of_kind("body")):
        if "told " in text or "(" in text or "/" in text:
            found += [match.group(match.lastgroup or 0) for match in _agency_sign().finditer(text)]
    counted = Counter(agencies()[name.lower()] for name in found if name.lower() in agencies())
    return counted.most_common(1)[0][0] if counted else None


@cache
def _agency_sign() -> re.Pattern[str]:
    name = agency_names()
    return re.compile(
        rf"\btold (?:the )?(?P<told>{name})\b|\((?P<dateline>{name})\)\s?[{DASHES}_]|/(?P<slashes>{name})/\."
    )
