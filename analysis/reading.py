"""One article to its voices: who of the registry is mentioned, who is quoted, and in which block each stands.

A thin layer over `mentions` and `quotes`: it gives them an article's title and body and brings their rows
back to its blocks. Titles are analysed apart: a quotation in one lends its speaker to none in the body.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.actors import Registry
from analysis.corpus import Article
from analysis.dates import Dating
from analysis.layout import Block
from analysis.mentions import Mention, find_mentions
from analysis.quotes import Name, Paragraph, Quote, find_quotes


@dataclass(frozen=True, slots=True)
class Voices:
    """The mentions and quotations of an article, each with its block and what to add to its offsets."""

    mentions: list[tuple[Block, int, Mention]]
    quotes: list[tuple[Block, int, Quote]]


def read_voices(article: Article, blocks: Sequence[Block], registry: Registry, dating: Dating) -> Voices:
    """Find the mentions and quotations in the title and body blocks of an article, given in order."""
    # A record's title and its text both count from 0: the text is read as if it stood behind the title.
    shifts = [
        len(article.document.title or "") + 1 if article.document.is_record and block is not article.title_block else 0
        for block in blocks
    ]
    starts = [block.start + shift for block, shift in zip(blocks, shifts, strict=True)]
    texts = [article.text(block) for block in blocks]
    period = dating.published or ((dating.earliest, dating.latest) if dating.earliest and dating.latest else None)
    mentions = find_mentions(list(zip(starts, texts, strict=True)), registry, published=period)
    names = [Name(m.start, m.end, m.actor_id, m.kind) for m in mentions]
    quotes: list[Quote] = []
    for is_title in (True, False):
        apart = [
            Paragraph(start, text)
            for block, start, text in zip(blocks, starts, texts, strict=True)
            if (block.kind == "title") == is_title
        ]
        quotes += find_quotes(apart, names)

    def placed(start: int) -> tuple[Block, int]:
        number = bisect_right(starts, start) - 1
        return blocks[number], -shifts[number]

    return Voices([(*placed(m.start), m) for m in mentions], [(*placed(q.start), q) for q in quotes])
