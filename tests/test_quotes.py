"""Quotations: spans, kinds, speakers, cues and the fullest names of the speakers."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import language
from analysis.quotes import Name, Paragraph, Quote, find_quotes

GOLD = Path(__file__).parent / "gold"


def paragraphs(text: str) -> list[Paragraph]:
    """Part a text at its blank lines."""
    starts = itertools.accumulate((len(part) + 2 for part in text.split("\n\n")), initial=0)
    return [Paragraph(start, part) for start, part in zip(starts, text.split("\n\n"), strict=False)]


def found(text: str) -> list[tuple[str, str, str | None, str | None, str | None]]:
    return [(q.text, q.kind, q.speaker, q.cue, q.speaker_name) for q in find_quotes(paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # none, first, middle, last, two
        ("The mayor opened a bridge.", []),
        ("“Late” is how the baker called it on Monday.", [("Late", "scare", None, None, None)]),
        (
            "The guild called the plan “a trick” on Monday.",
            [
                ("a trick", "partial", "The guild", "called", "The guild"),
            ],
        ),
        ("Ann Poe said it was “late”.", [("late", "partial", "Ann Poe", "said", "Ann Poe")]),
        (
            "Poe said it was “late” and “cold”.",
            [
                ("late", "partial", "Poe", "said", "Poe"),
                ("cold", "partial", "Poe", "said", "Poe"),
            ],
        ),
        # subject and verb behind the quotation
        ("“We stay,” she said.", [("We stay,", "direct", "she", "said", None)]),
        (
            "“We stay,” Ann Poe told the court in comments seen by a paper.",
            [
                ("We stay,", "direct", "Ann Poe", "told", "Ann Poe"),
            ],
        ),
        ("“We stay,” a cook who declined to be named said.", [("We stay,", "direct", "a cook", "said", "a cook")]),
        (
            "A cook who asked not to be identified told Reuters it was “late”.",
            [("late", "partial", "A cook", "told", "A cook")],
        ),
        (
            "A cook who thinks that Ann Poe said it was “late” left.",
            [("late", "partial", "Ann Poe", "said", "Ann Poe")],
        ),
        (
            "“We stay,” Ann Poe, deputy head of the Bakers Guild, told Reuters.",
            [
                ("We stay,", "direct", "Ann Poe", "told", "Ann Poe"),
            ],
        ),
        ("“We stay,” Poe, 38, said.", [("We stay,", "direct", "Poe", "said", "Poe")]),
        (
            "“We stay,” the Council of Bakers said.",
            [
                ("We stay,", "direct", "the Council of Bakers", "said", "the Council of Bakers"),
            ],
        ),
        ("“We stay,” Pat Poe (left) said.", [("We stay,", "direct", "Pat Poe", "said", "Pat Poe")]),
        ("“We stay” he says.", [("We stay", "direct", "he", "says", None)]),
        ("“We go,” Poe tweeted.", [("We go,", "direct", "Poe", "tweeted", "Poe")]),
        ("“Why?” Ann Poe asked.", [("Why?", "direct", "Ann Poe", "asked", "Ann Poe")]),
        ("“We stay.” Poe said.", [("We stay.", "direct", "Poe", "said", "Poe")]),
        (
            "“It is late,” Guild of Bakers spokesman Pat Poe said.",
            [
                ("It is late,", "direct", "Pat Poe", "said", "Pat Poe"),
            ],
        ),
        # inverted
        ("“We stay,” said Ann Poe, a baker.", [("We stay,", "direct", "Ann Poe", "said", "Ann Poe")]),
        ("“We stay,” said one baker, Ann Poe.", [("We stay,", "direct", "Ann Poe", "said", "Ann Poe")]),
        (
            "'We go,' said US National Council spokesman Pat Poe.",
            [
                ("We go,", "direct", "Pat Poe", "said", "Pat Poe"),
            ],
        ),
        ("“We go,” added the guild.", [("We go,", "direct", "the guild", "added", "the guild")]),
        (
            "“Soon the end will come for” the guild, said spokesman Pat Poe.",
            [
                ("Soon the end will come for", "partial", "Pat Poe", "said", "Pat Poe"),
            ],
        ),
        ("“We go,” said Pat Poe of the Bakers Guild.", [("We go,", "direct", "Pat Poe", "said", "Pat Poe")]),
        (
            "“We go,” said Ann “Nan” Poe.",
            [
                ("We go,", "direct", "Ann", "said", "Ann"),
                ("Nan", "scare", None, None, None),
            ],
        ),
        # fragments
        (
            "Ann Poe on Friday said that the mill was “ready” to open “for bread”.",
            [
                ("ready", "partial", "Ann Poe", "said", "Ann Poe"),
                ("for bread", "partial", "Ann Poe", "said", "Ann Poe"),
            ],
        ),
        (
            "“We met” on matters on which they “could not agree,” Poe told Roe.",
            [
                ("We met", "partial", "Poe", "told", "Poe"),
                ("could not agree,", "partial", "Poe", "told", "Poe"),
            ],
        ),
        ("The “gang” has left, police said.", [("gang", "partial", "police", "said", "police")]),
        (
            "'I fear the days of' the guild are over, Poe said on Monday.",
            [
                ("I fear the days of", "partial", "Poe", "said", "Poe"),
            ],
        ),
        # participles
        ("Poe left the room, saying “it is late”.", [("it is late", "direct", "Poe", "saying", "Poe")]),
        ("Poe said it was late, adding that the mill was a “ruin”.", [("ruin", "partial", "Poe", "adding", "Poe")]),
        (
            "Ann Poe, who fled to Rye, backed the plan, saying “we need it”.",
            [
                ("we need it", "direct", "Ann Poe", "saying", "Ann Poe"),
            ],
        ),
        (
            "Poe issued a statement on Monday condemning the fire and rejecting “all blame”.",
            [
                ("all blame", "partial", "Poe", "rejecting", "Poe"),
            ],
        ),
        (
            "The guild said that: “Bread is dear,” urging “a calm debate”.",
            [
                ("Bread is dear,", "direct", "The guild", "said", "The guild"),
                ("a calm debate", "partial", "The guild", "urging", "The guild"),
            ],
        ),
        (
            "Patience is thin, with one baker on Friday saying the mill was “closed”.",
            [
                ("closed", "partial", "one baker", "saying", "one baker"),
            ],
        ),
        (
            "As the meeting began, the guild met Poe, warning “it is late”.",
            [
                ("it is late", "direct", "the guild", "warning", "the guild"),
            ],
        ),
        (
            "Bemoaning the “broken scale,” Poe left the room.",
            [
                ("broken scale,", "partial", "Poe", "Bemoaning", "Poe"),
            ],
        ),
        (
            'In a statement calling it "a clear threat", the guild asked for calm.',
            [
                ("a clear threat", "partial", "the guild", "calling", "the guild"),
            ],
        ),
        ("Poe said he recalled thinking, “It is late.”", [("It is late.", "direct", "he", "thinking", None)]),
        # the cue in the middle
        (
            "“It is late,” he said. “We go home now.”",
            [
                ("It is late,", "direct", "he", "said", None),
                ("We go home now.", "direct", "he", None, None),
            ],
        ),
        (
            "“It is late,” Poe said, unless “the rain stops”.",
            [
                ("It is late,", "direct", "Poe", "said", "Poe"),
                ("the rain stops", "partial", "Poe", "said", "Poe"),
            ],
        ),
        (
            '"Ice," he said, "is cold."',
            [
                ("Ice,", "direct", "he", "said", None),
                ("is cold.", "partial", "he", "said", None),
            ],
        ),
        (
            "“Why?” he asked. “Who knows?”",
            [
                ("Why?", "direct", "he", "asked", None),
                ("Who knows?", "direct", "he", None, None),
            ],
        ),
        (
            "“Yes,” Poe said; “no,” Roe said.",
            [
                ("Yes,", "direct", "Poe", "said", "Poe"),
                ("no,", "partial", "Roe", "said", "Roe"),
            ],
        ),
        # paragraphs that go on
        (
            "“We go,” Ann Poe said.\n\n“Now.”",
            [
                ("We go,", "direct", "Ann Poe", "said", "Ann Poe"),
                ("Now.", "direct", "Ann Poe", None, "Ann Poe"),
            ],
        ),
        (
            "Ann Poe said: 'It was dark.\n\n'Then they came.\n\n'They left,' she said.",
            [
                ("It was dark.", "direct", "Ann Poe", "said", "Ann Poe"),
                ("Then they came.", "direct", "Ann Poe", None, "Ann Poe"),
                ("They left,", "direct", "she", "said", "Ann Poe"),
            ],
        ),
        (
            "'First it rained.\n\n'Then it snowed,' the guard said.",
            [
                ("First it rained.", "direct", "the guard", None, "the guard"),
                ("Then it snowed,", "direct", "the guard", "said", "the guard"),
            ],
        ),
        (
            "'First it rained.\n\nA picture of the mill\n\n'Then it snowed,' the guard said.",
            [
                ("First it rained.", "direct", "the guard", None, "the guard"),
                ("Then it snowed,", "direct", "the guard", "said", "the guard"),
            ],
        ),
        (
            "“First it rained.\n\nThen it snowed,” the guard said.",
            [
                ("First it rained.", "direct", "the guard", None, "the guard"),
                ("Then it snowed,", "direct", "the guard", "said", "the guard"),
            ],
        ),
        (
            'The mayor used blunt words.\n\n"It is a disgrace."',
            [
                ("It is a disgrace.", "direct", "The mayor", None, "The mayor"),
            ],
        ),
        (
            "Ann Poe spoke.\n\nPoe is pictured with Pat Roe\n\n“We go.”",
            [
                ("We go.", "direct", "Ann Poe", None, "Ann Poe"),
            ],
        ),
        ("“No.” “Never,” he said.", [("No.", "direct", "he", None, None), ("Never,", "direct", "he", "said", None)]),
        ("Poe said the office was empty. “There was nobody.”", [("There was nobody.", "direct", "Poe", None, "Poe")]),
        (
            "“Go,” Poe said. He smiled. “Stay.”",
            [
                ("Go,", "direct", "Poe", "said", "Poe"),
                ("Stay.", "direct", "He", None, "Poe"),
            ],
        ),
        # verbs that carry a fragment
        ("Poe has accused the guild of “open theft”.", [("open theft", "partial", "Poe", "accused", "Poe")]),
        ("Poe described the mill as a “ruin”.", [("ruin", "partial", "Poe", "described", "Poe")]),
        (
            "Poe slammed the plan as a “trick” that “helps nobody”.",
            [
                ("trick", "partial", "Poe", "slammed", "Poe"),
                ("helps nobody", "partial", "Poe", "slammed", "Poe"),
            ],
        ),
        (
            "The envoy pointed to reports of “grave abuses”.",
            [
                ("grave abuses", "partial", "The envoy", "pointed to", "The envoy"),
            ],
        ),
        ("Poe called for “calm” talks.", [("calm", "partial", "Poe", "called for", "Poe")]),
        ("Poe called on the guild to “find a way out”.", [("find a way out", "partial", "Poe", "called on", "Poe")]),
        ("Poe urged Roe to “find a way out”.", [("find a way out", "partial", "Poe", "urged", "Poe")]),
        ("Poe warned against “hasty” steps.", [("hasty", "partial", "Poe", "warned", "Poe")]),
        ("Poe went on to say “it is late”.", [("it is late", "direct", "Poe", "say", "Poe")]),
        (
            "Pat Roe and Poe call them “wolves”.",
            [
                ("wolves", "partial", "Pat Roe and Poe", "call", "Pat Roe and Poe"),
            ],
        ),
        ("They say it is “late”.", [("late", "partial", "They", "say", None)]),
        ("Tests found that bread was “dear”.", [("dear", "partial", "Tests", "found", "Tests")]),
        # descriptions, texts, crowds
        (
            "The 40-year-old baker said bread was “dear”.",
            [
                ("dear", "partial", "The 40-year-old baker", "said", "The 40-year-old baker"),
            ],
        ),
        (
            "“Bread is dear,” a joint statement said.",
            [
                ("Bread is dear,", "direct", "a joint statement", "said", "a joint statement"),
            ],
        ),
        ("The crowd chanted “Bread now!” and left.", [("Bread now!", "direct", "The crowd", "chanted", "The crowd")]),
        (
            "They marched, chanting “Long live Rye” and “Go Away Poe”.",
            [
                ("Long live Rye", "direct", "They", "chanting", None),
                ("Go Away Poe", "direct", "They", "chanting", None),
            ],
        ),
        (
            "Hundreds marched, taunting Poe with chants of 'Shame on you'.",
            [
                ("Shame on you", "partial", "Hundreds", "chants", "Hundreds"),
            ],
        ),
        (
            "France, Germany and Britain issued a joint statement saying the talks were 'dead'.",
            [
                ("dead", "partial", "France, Germany and Britain", "saying", "France, Germany and Britain"),
            ],
        ),
        ("Poe and Roe said it was “late”.", [("late", "partial", "Poe and Roe", "said", "Poe and Roe")]),
        (
            "An 'informed source' told the agency that all was 'lost'.",
            [
                ("informed source", "scare", None, None, None),
                ("lost", "partial", "An 'informed source'", "told", "An 'informed source'"),
            ],
        ),
        (
            "The bakers in Rye on Monday said bread was “dear”.",
            [
                ("dear", "partial", "The bakers", "said", "The bakers"),
            ],
        ),
        ("At the rally the mayor said bread was “dear”.", [("dear", "partial", "the mayor", "said", "the mayor")]),
        ("Someone said “it is late”.", [("it is late", "direct", "Someone", "said", "Someone")]),
        # labels and titles have no speaker
        ("They formed a nominal “union” with the guild.", [("union", "scare", None, None, None)]),
        ("They plan a “March for Bread” on Sunday.", [("March for Bread", "title", None, None, None)]),
        ('He took part in the "Iron Wing" drills.', [("Iron Wing", "title", None, None, None)]),
        ("The name means 'small fish' in Russian.", [("small fish", "scare", None, None, None)]),
        ("She wore a shirt that read “Go home”.", [("Go home", "scare", None, None, None)]),
        ("The judge published a list of “harmful” books.", [("harmful", "scare", None, None, None)]),
        ('The plan was labelled "false".', [("false", "scare", None, None, None)]),
        ('He has been referred to as "the last king".', [("the last king", "scare", None, None, None)]),
        ("A hastily called “summit” was held.", [("summit", "scare", None, None, None)]),
        ("A plan, announced on Monday, was a “trick”.", [("trick", "scare", None, None, None)]),
        # according to
        ("According to Ann Poe, the gate was “shut”.", [("shut", "partial", "Ann Poe", "According to", "Ann Poe")]),
        (
            "“The gate was shut,” according to the embassy.",
            [
                ("The gate was shut,", "direct", "the embassy", "according to", "the embassy"),
            ],
        ),
        ("The gate was “shut”, according to Poe.", [("shut", "partial", "Poe", "according to", "Poe")]),
        ("According to the guild, bread is dear. It is a “ruin”.", [("ruin", "scare", None, None, None)]),
        (
            "A minister described it as 'absurd', according to the paper.",
            [
                ("absurd", "partial", "A minister", "described", "A minister"),
            ],
        ),
        ("They called it a day. According to the guild, it is late.", []),
        # marks
        ('"We are staying," she said.', [("We are staying,", "direct", "she", "said", None)]),
        ("'We'll stay,' she said.", [("We'll stay,", "direct", "she", "said", None)]),
        (
            "'The protesters' camp is ours,' said Ann Poe.",
            [
                ("The protesters' camp is ours,", "direct", "Ann Poe", "said", "Ann Poe"),
            ],
        ),
        ("The protesters' camp was 'closed' on Monday.", [("closed", "scare", None, None, None)]),
        (
            "The 'workers' and the 'bosses' met.",
            [
                ("workers", "scare", None, None, None),
                ("bosses", "scare", None, None, None),
            ],
        ),
        (
            "'We call it 'the long winter' at home,' Ann Poe said.",
            [
                ("We call it 'the long winter' at home,", "direct", "Ann Poe", "said", "Ann Poe"),
                ("the long winter", "partial", "Ann Poe", None, "Ann Poe"),
            ],
        ),
        (
            "'Judges relied on so-called \"evidence\",' she said.",
            [
                ('Judges relied on so-called "evidence",', "direct", "she", "said", None),
                ("evidence", "scare", None, None, None),
            ],
        ),
        (
            "\"They were 'empty words',\" she told us.",
            [
                ("They were 'empty words',", "direct", "she", "told", None),
                ("empty words", "scare", None, None, None),
            ],
        ),
        (
            "“A said “no” to me,” she said.",
            [
                ("A said “no” to me,", "direct", "she", "said", None),
                ("no", "scare", None, None, None),
            ],
        ),
        (
            "He said: 'I call it 'bread''.",
            [
                ("I call it 'bread'", "direct", "He", "said", None),
                ("bread", "partial", "He", None, None),
            ],
        ),
        ("''It is late,'' he said.", [("It is late,", "direct", "he", "said", None)]),
        ("``It is late,'' he said.", [("It is late,", "direct", "he", "said", None)]),
        ('"It is our duty,” said Ms Poe.', [("It is our duty,", "direct", "Poe", "said", "Poe")]),
        ("”It is late.” Prices rose by 51 percent.“", [("It is late.", "direct", None, None, None)]),
        ("He is 6'3\" tall and was born in the '90s.", []),
        (
            "It's‘Sunday’ today, “Q”crackdown.",
            [
                ("Sunday", "scare", None, None, None),
                ("Q", "scare", None, None, None),
            ],
        ),
        ("The rock 'n' roll singer sang 'em all, ’til dawn.", []),
        (
            '"Some say [the] guild (that is, Rye) will fall," he said.',
            [
                ("Some say [the] guild (that is, Rye) will fall,", "direct", "he", "said", None),
            ],
        ),
        (
            'He said "one" and “two” and ‘three’ and «four» and „five“.',
            [
                ("one", "partial", "He", "said", None),
                ("two", "partial", "He", "said", None),
                ("three", "partial", "He", "said", None),
                ("four", "partial", "He", "said", None),
                ("five", "partial", "He", "said", None),
            ],
        ),
        ("‘’90s music is goin’ home,’ he said.", [("’90s music is goin’ home,", "direct", "he", "said", None)]),
        ("\"It's 'cause I'm here,\" he said.", [("It's 'cause I'm here,", "direct", "he", "said", None)]),
        ('" It is late " he said.', [(" It is late ", "direct", "he", "said", None)]),
        ('"" and “…” hold nothing.', []),
        # order and other cues
        ('She added: "We go."', [("We go.", "direct", "She", "added", None)]),
        ("Said analyst Pat Poe: “We go.”", [("We go.", "direct", "Pat Poe", "Said", "Pat Poe")]),
        ("In an interview with the radio on Friday, Poe said: 'We go'.", [("We go", "direct", "Poe", "said", "Poe")]),
        ("Speaking on television, Poe said 'we go home'.", [("we go home", "direct", "Poe", "said", "Poe")]),
        (
            'Pat Poe, who lost the vote, told a rally in the capital that "it is over now".',
            [
                ("it is over now", "direct", "Pat Poe", "told", "Pat Poe"),
            ],
        ),
        (
            'The minister was quoted as saying "we are ready" by the agency.',
            [
                ("we are ready", "direct", "The minister", "saying", "The minister"),
            ],
        ),
        (
            '"We are ready," he was quoted as saying by the agency.',
            [
                ("We are ready,", "direct", "he", "saying", None),
            ],
        ),
        (
            "“We are ready,” the Doe Wire agency quoted Ann Poe as saying.",
            [("We are ready,", "direct", "Ann Poe", "saying", "Ann Poe")],
        ),
        ("The mill was called “a ruin” by Ann Poe.", [("a ruin", "partial", "Ann Poe", "called", "Ann Poe")]),
        ('Poe\'s claim that "the mill burns" was read out.', [("the mill burns", "partial", "Poe", "claim", "Poe")]),
        (
            "The baker made the claim that the mill was “burnt”.",
            [
                ("burnt", "partial", "The baker", "claim", "The baker"),
            ],
        ),
        ("Poe has repeated his warning that it is “late”.", [("late", "partial", "Poe", "repeated", "Poe")]),
        ('They met in what Poe called a "brazen breach".', [("brazen breach", "partial", "Poe", "called", "Poe")]),
        ('"It is late", as Poe put it.', [("It is late", "direct", "Poe", "put it", "Poe")]),
        ("Poe was blunt: “We go.”", [("We go.", "direct", "Poe", None, "Poe")]),
        ("A sign: “Go home”.", [("Go home", "scare", None, None, None)]),
        # relatives, two speakers, dashes
        ("The plan, which she called “nonsense”, failed.", [("nonsense", "partial", "she", "called", None)]),
        ("Those who said “no” left.", [("no", "partial", "Those", "said", "Those")]),
        (
            "The mayor of Rye, who said “no”, left.",
            [
                ("no", "partial", "The mayor of Rye", "said", "The mayor of Rye"),
            ],
        ),
        (
            "Poe said it 'has much to explain' and 'must speak', while Roe called it 'outrageous'.",
            [
                ("has much to explain", "partial", "Poe", "said", "Poe"),
                ("must speak", "partial", "Poe", "said", "Poe"),
                ("outrageous", "partial", "Roe", "called", "Roe"),
            ],
        ),
        (
            'Doe condemned the vote as a "farce" while Roe\'s office said it was "fair".',
            [
                ("farce", "partial", "Doe", "condemned", "Doe"),
                ("fair", "partial", "Roe's office", "said", "Roe's office"),
            ],
        ),
        (
            "'I came,' said Ann. 'I left,' said Bob.",
            [
                ("I came,", "direct", "Ann", "said", "Ann"),
                ("I left,", "direct", "Bob", "said", "Bob"),
            ],
        ),
        ("“I am ashamed.” — Ann Roe", [("I am ashamed.", "direct", "Ann Roe", None, "Ann Roe")]),
        ("OSLO (AFP) - The guild said it was “late”.", [("late", "partial", "The guild", "said", "The guild")]),
        ("When Poe said he would go, the “king” was gone.", [("king", "scare", None, None, None)]),
        # titles, aides, particles
        ('Mr Roe said it was "late".', [("late", "partial", "Roe", "said", "Roe")]),
        ('Sen. Ann Roe said it was "late".', [("late", "partial", "Ann Roe", "said", "Ann Roe")]),
        ('Poe\'s lawyer said "it is late".', [("it is late", "direct", "Poe's lawyer", "said", "Poe's lawyer")]),
        ('Ada von der Aue said it was "late".', [("late", "partial", "Ada von der Aue", "said", "Ada von der Aue")]),
        (
            'The Danish Prime Minister Max Roe said it was "late".',
            [
                ("late", "partial", "Max Roe", "said", "Max Roe"),
            ],
        ),
        (
            'Norway\'s Foreign Minister Pat Roe said it was "late".',
            [
                ("late", "partial", "Pat Roe", "said", "Pat Roe"),
            ],
        ),
        ('Minister of Defence Pat Roe said it was "late".', [("late", "partial", "Pat Roe", "said", "Pat Roe")]),
        (
            'The High Commissioner for Human Rights said it was "late".',
            [
                (
                    "late",
                    "partial",
                    "The High Commissioner for Human Rights",
                    "said",
                    "The High Commissioner for Human Rights",
                ),
            ],
        ),
        ('A minister like Pat Roe said it was "late".', [("late", "partial", "Pat Roe", "said", "Pat Roe")]),
        ("Another ally, Leo Roe, said: 'We go.'", [("We go.", "direct", "Leo Roe", "said", "Leo Roe")]),
        (
            "He said Roe's friend, the mayor Ann Poe, told him it was “late”.",
            [
                ("late", "partial", "Ann Poe", "told", "Ann Poe"),
            ],
        ),
        (
            "Rye officials have met, saying it was “late”.",
            [
                ("late", "partial", "Rye officials", "saying", "Rye officials"),
            ],
        ),
        ("J. P. Roe said it was “late”.", [("late", "partial", "J. P. Roe", "said", "J. P. Roe")]),
        # names, pronouns, descriptions
        ("Karl Roe left. “Go,” Roe said.", [("Go,", "direct", "Roe", "said", "Karl Roe")]),
        (
            "Leo Roe met Ann Poe on Monday. “It is late,” she said. “We go,” he said.",
            [
                ("It is late,", "direct", "she", "said", "Ann Poe"),
                ("We go,", "direct", "he", "said", "Leo Roe"),
            ],
        ),
        (
            "Leo Roe spoke with Pat Moe.\n\n“It is late,” he said.",
            [
                ("It is late,", "direct", "he", "said", "Leo Roe"),
            ],
        ),
        (
            "“It is late,” Ann Poe told Leo Roe. “We go,” she said.",
            [
                ("It is late,", "direct", "Ann Poe", "told", "Ann Poe"),
                ("We go,", "direct", "she", "said", "Ann Poe"),
            ],
        ),
        (
            "After Leo Roe's visit, Karl Poe spoke. “It is late,” he said.",
            [
                ("It is late,", "direct", "he", "said", "Karl Poe"),
            ],
        ),
        (
            "Kim Roe lost his hat. Kit Poe sold her hat. “Go,” he said. “Stay,” she said.",
            [
                ("Go,", "direct", "he", "said", "Kim Roe"),
                ("Stay,", "direct", "she", "said", "Kit Poe"),
            ],
        ),
        (
            "Nina Poe and Max Poe left. “Go,” Max Poe said. “Go,” Poe said.",
            [
                ("Go,", "direct", "Max Poe", "said", "Max Poe"),
                ("Go,", "direct", "Poe", "said", "Max Poe"),
            ],
        ),
        (
            "President Leo Roe met Ann Poe, the mayor.\n\n“It is late,” the president said.\n\n“We go,” the mayor said.",
            [
                ("It is late,", "direct", "the president", "said", "Leo Roe"),
                ("We go,", "direct", "the mayor", "said", "Ann Poe"),
            ],
        ),
        (
            "Leo Roe spoke.\n\n“It is late,” the 60-year-old said.",
            [
                ("It is late,", "direct", "the 60-year-old", "said", "Leo Roe"),
            ],
        ),
        (
            "Leo Roe spoke.\n\n“It is late,” a spokesman said. “We go,” the spokesman said.",
            [
                ("It is late,", "direct", "a spokesman", "said", "a spokesman"),
                ("We go,", "direct", "the spokesman", "said", "the spokesman"),
            ],
        ),
        ("The guild met on Monday. It said bread was “dear”.", [("dear", "partial", "It", "said", "The guild")]),
        ("In a note, the guild said it condemned “theft”.", [("theft", "partial", "it", "condemned", "the guild")]),
        (
            "“Go,” the guild said.\n\n“Stay,” it added.",
            [
                ("Go,", "direct", "the guild", "said", "the guild"),
                ("Stay,", "direct", "it", "added", "the guild"),
            ],
        ),
        ("Jean-Luc Le Gall spoke. “Go,” Le Gall said.", [("Go,", "direct", "Le Gall", "said", "Jean-Luc Le Gall")]),
        ("“Go,” al-Amin said. Omar al-Amin left.", [("Go,", "direct", "al-Amin", "said", "Omar al-Amin")]),
        ("Shane O'Brien left. “Go,” O'Brien said.", [("Go,", "direct", "O'Brien", "said", "Shane O'Brien")]),
        (
            "Ann Poe said: “Leo Roe is late.” “We go,” he said.",
            [
                ("Leo Roe is late.", "direct", "Ann Poe", "said", "Ann Poe"),
                ("We go,", "direct", "he", "said", "Ann Poe"),
            ],
        ),
        ("“Go,” he said.", [("Go,", "direct", "he", "said", None)]),
        (
            "“Go,” Roe said. “Stay,” he said.",
            [
                ("Go,", "direct", "Roe", "said", "Roe"),
                ("Stay,", "direct", "he", "said", "Roe"),
            ],
        ),
        # subjects behind commas, relatives, prepositions
        ("“Stay.” Poe, 38, left the room.", [("Stay.", "direct", None, None, None)]),
        (
            "“Stay.” The old mill burnt down on a cold and windy night in March of that year.",
            [
                ("Stay.", "direct", None, None, None),
            ],
        ),
        ("He demands “bread”.", [("bread", "partial", "He", "demands", None)]),
        ("Russian reports were “late”.", [("late", "scare", None, None, None)]),
        (
            "Pat Roe, Ann Poe and Kim Moe said it was “late”.",
            [
                ("late", "partial", "Pat Roe, Ann Poe and Kim Moe", "said", "Pat Roe, Ann Poe and Kim Moe"),
            ],
        ),
        ("He met a baker who said “no”.", [("no", "partial", "a baker", "said", "a baker")]),
        (
            "On Monday, the mayor, a baker, said it was “late”.",
            [
                ("late", "partial", "the mayor", "said", "the mayor"),
            ],
        ),
        (
            "But on Monday, the mayor, a baker, said it was “late”.",
            [
                ("late", "partial", "the mayor", "said", "the mayor"),
            ],
        ),
        ("But, the mayor, a baker, said it was “late”.", [("late", "partial", "the mayor", "said", "the mayor")]),
        (
            "Last week, the mayor, a baker, said it was “late”.",
            [
                ("late", "partial", "the mayor", "said", "the mayor"),
            ],
        ),
        ("“Go,” as Ann Poe, a baker, said.", [("Go,", "direct", "Ann Poe", "said", "Ann Poe")]),
        (", said “no”.", [("no", "scare", None, None, None)]),
        ("The mayor, a baker, left, saying “no”.", [("no", "partial", "The mayor", "saying", "The mayor")]),
        ("The mayor, who said he would go, was “late”.", [("late", "scare", None, None, None)]),
        (
            "“Go,” a member of the Council said.",
            [
                ("Go,", "direct", "a member of the Council", "said", "a member of the Council"),
            ],
        ),
        (
            "The Prime Minister said it was “late”.",
            [
                ("late", "partial", "The Prime Minister", "said", "The Prime Minister"),
            ],
        ),
        ("Both said “no”.", [("no", "partial", "Both", "said", "Both")]),
        ("Roe of the Council said it was “late”.", [("late", "partial", "Roe", "said", "Roe")]),
        ("“Go,” with a smile, Poe said.", [("Go,", "direct", "Poe", "said", "Poe")]),
        ("“Go,” Poe, who said so, added.", [("Go,", "direct", "Poe", "added", "Poe")]),
        ("“Go,” said J. Poe.", [("Go,", "direct", "J. Poe", "said", "J. Poe")]),
        ("“Go,” said Poe Monday.", [("Go,", "direct", "Poe", "said", "Poe")]),
        ("The “gang” is what people fear, said Poe.", [("gang", "partial", "Poe", "said", "Poe")]),
        ("The “gang” is what Poe said it was.", [("gang", "scare", None, None, None)]),
        ("The old claim “late” fell.", [("late", "scare", None, None, None)]),
        ("The mills, old, claims that “no”, fell.", [("no", "scare", None, None, None)]),
        ("His warnings that it is “late” grew.", [("late", "partial", "His", "warnings", None)]),
        ("Ann Poe's claim that it is “late” fell.", [("late", "partial", "Ann Poe", "claim", "Ann Poe")]),
        ("The mayor's claim that it is “late” fell.", [("late", "partial", "The mayor", "claim", "The mayor")]),
        ("The mayor, Poe, visited Rye, met Roe, told us it was “late”.", [("late", "partial", "Poe", "told", "Poe")]),
        ('A board 6"x4" long.', []),
        ("‘Cause I say so,’ he said.", [("Cause I say so,", "direct", "he", "said", None)]),
        ("‘Til dawn they sang.", []),
        (
            "'The bosses' \"plan\" is ours.",
            [
                ("The bosses", "scare", None, None, None),
                ("plan", "scare", None, None, None),
            ],
        ),
        ("-\n\n“Go.”", [("Go.", "direct", None, None, None)]),
        ("In Rye on Monday.\n\n“Go.”", [("Go.", "direct", None, None, None)]),
        (
            "“Go,” Poe told. “Stay,” is what the men said then.",
            [
                ("Go,", "direct", "Poe", "told", "Poe"),
                ("Stay,", "scare", None, None, None),
            ],
        ),
        ("“Go,” but Poe said no.", [("Go,", "scare", None, None, None)]),
    ],
)
def test_find(text, rows):
    assert found(text) == rows


# Marks that are missing, nested or gone over paragraphs.


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Poe said “it was late.\n\nRoe left.", [("it was late.", True)]),
        ("Poe said 'it was late.\n\nRoe left.", [("it was late.", True)]),
        ("“I was at home. “Nobody came,” she said.", [("I was at home.", True), ("Nobody came,", False)]),
        ("“It rained.\n\n“It snowed,” she said.", [("It rained.", False), ("It snowed,", False)]),
        ("“It rained.\n\n'It snowed,' she said.", [("It rained.", True), ("It snowed,", False)]),
        ("“It rained.\n\nPoe left.\n\n“It snowed,” she said.", [("It rained.", False), ("It snowed,", False)]),
        ("“It rained.\n\nIt snowed,” she said.", [("It rained.", False), ("It snowed,", False)]),
        ("It snowed,” she said.", []),
        ("“It rained.\n\na\n\nb\n\nc\n\n“It snowed.”", [("It rained.", True), ("It snowed.", False)]),
        # deeper than three, the open ones are given up
        ("“a “b “c “d”", [("a", True), ("b", True), ("c", True), ("d", False)]),
        # a lone single mark in a double one is an apostrophe
        ("“He 'goes,” she said.", [("He 'goes,", False)]),
        ("‘a “b’ c” d", [("a “b", False), ("b", True)]),
    ],
)
def test_missing_marks(text, flags):
    assert [(q.text, q.is_unclosed) for q in find_quotes(paragraphs(text))] == flags


def test_depth():
    text = "“One ‘two “three” two’ one,” she said. “Four.”"
    assert [(q.text, q.depth) for q in find_quotes(paragraphs(text))] == [
        ("One ‘two “three” two’ one,", 0),
        ("two “three” two", 1),
        ("three", 2),
        ("Four.", 0),
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("“Go,” she said.", "after"),
        ("“Go,” said Poe.", "inverted"),
        ("“Go,” according to Poe.", "according"),
        ("“Go.” — Ann Poe", "dash"),
        ("Poe said it was “late”.", "before"),
        ("Poe left, calling it “late”.", "participle"),
        ("It was called “late” by Poe.", "agent"),
        ("Poe's claim that it was “late” fell.", "noun"),
        ("Poe was blunt: “Go.”", "colon"),
        ("The “gang” has left, Poe said.", "far"),
        ("Poe was blunt. “Go.”", "lead"),
        ("“Go,” she said. “Now.”", "same"),
        ("They say “go.\n\n“Now.”", "chain"),
        ("“We ‘go’,” she said. ", "none"),
        ("“We call it ‘gold’,” she said.", "outer"),
        ("A “union”.", "none"),
    ],
)
def test_rule(text, rule):
    assert find_quotes(paragraphs(text))[-1].rule == rule


def test_rule_of_a_quotation_before_the_cue():
    assert [q.rule for q in find_quotes(paragraphs("“No.” “Never,” he said."))] == ["next", "after"]


# What is known to go wrong.


@pytest.mark.xfail(strict=True, reason="a verb of speaking that tells of a deed (to declare war) is taken for the cue")
def test_deed_told_with_a_verb_of_speaking():
    assert found("Poe said the guilds had declared a “war”.")[0][2] == "Poe"


@pytest.mark.xfail(strict=True, reason="a finite verb is known by auxiliaries and pronouns only")
def test_clause_without_auxiliary():
    assert found("Poe said that “wild dogs roam the streets”.")[0][1] == "direct"


@pytest.mark.xfail(strict=True, reason="speakers inside the marks are not read (interview transcripts)")
def test_transcript():
    assert found("“ROE: We are ready.\n\n“DOE: Are you?”")[0][2] == "ROE"


@pytest.mark.xfail(strict=True, reason="a name given in a relative clause is not the name of its head")
def test_name_in_a_relative_clause():
    assert found("A worker, who gave her name as Ann, told us: “We go.”")[0][4] == "Ann"


@pytest.mark.xfail(strict=True, reason="nothing tells the closing mark behind a plural from a possessive that follows")
def test_possessive_right_behind_a_quotation():
    assert found("He saw 'fake polls' guilds' men ran.")[0][0] == "fake polls"


@pytest.mark.xfail(strict=True, reason="a speaker named by dashes inside the reporter's clause has no cue")
def test_name_before_a_dash():
    text = "Many said the same, among them the former mayor Ann Poe — “it is late” — and Pat Roe."
    assert found(text)[0][2] == "Ann Poe"


# Actors.


def test_ids_by_overlap_and_antecedent():
    text = "Karl Roe left. “Go,” Roe said. “Stay,” he added. “No,” the boss said. “Yes,” Moe and Roe said."
    names = [
        Name(0, 8, "karl-roe", "name"),
        Name(text.index("the boss"), text.index("the boss") + 8, "karl-roe", "role"),
        Name(text.index("Roe said."), text.index("Roe said.") + 3, "karl-roe", "name"),
    ]
    ids = [(q.speaker, q.speaker_id, q.speaker_name) for q in find_quotes(paragraphs(text), names)]
    assert ids == [
        ("Roe", "karl-roe", "Karl Roe"),
        ("he", "karl-roe", "Karl Roe"),
        ("the boss", "karl-roe", "Karl Roe"),
        ("Moe and Roe", None, "Moe and Roe"),
    ]


def test_a_role_may_be_the_antecedent():
    text = "Karl Roe left.\n\nPat Poe smiled. The boss was late. “Go,” he said."
    start = text.index("The boss")
    names = [Name(0, 8, "karl-roe", "name"), Name(start, start + 8, "karl-roe", "role")]
    assert find_quotes(paragraphs(text), names)[0].speaker_id == "karl-roe"
    assert find_quotes(paragraphs(text))[0].speaker_name == "Karl Roe"


def test_an_organisation_keeps_its_id():
    text = "“Go,” the guild said. “Stay,” it said. “Go,” they said."
    names = [Name(6, 15, "guild", "name")]
    assert [q.speaker_id for q in find_quotes(paragraphs(text), names)] == ["guild", "guild", "guild"]


def test_a_place_in_the_source_is_kept():
    quote = find_quotes([Paragraph(100, "Poe left."), Paragraph(200, "“Go,” Poe said.")])[0]
    assert (quote.start, quote.end, quote.speaker_start, quote.speaker_end) == (201, 204, 206, 209)
    assert (quote.cue_start, quote.cue_end) == (210, 214)


# The hand-made labels.


@pytest.fixture(scope="module")
def labelled() -> list[tuple[dict[str, str], Quote | None]]:
    """Pair every labelled quotation with the one found in its place; the mentions are labels too."""

    def read(name):
        with open(GOLD / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    articles: list[list[Paragraph]] = []
    for row in read("blocks.csv"):
        if row["kind"] == "title":
            articles.append([])
        elif row["kind"] == "body":
            articles[-1].append(Paragraph(int(row["start"]), row["text"]))
    names = [
        Name(int(row["start"]), int(row["end"]), row["actor_id"], row["kind"])
        for row in read("mentions.csv")
        if row["kind"] in ("name", "role", "metonym")
    ]
    quotes = {}
    for article in articles:
        first, last = article[0].start, article[-1].start + len(article[-1].text)
        inside = [name for name in names if first <= name.start < last]
        quotes |= {(quote.start, quote.end): quote for quote in find_quotes(article, inside)}
    gold = read("quotes.csv")
    assert len(quotes) == len(gold)
    return [(row, quotes.get((int(row["start"]), int(row["end"])))) for row in gold]


def share(labelled, column: str) -> float:
    said = [(row, quote) for row, quote in labelled if row[column] or column == "kind"]
    return sum(quote is not None and getattr(quote, column) == row[column] for row, quote in said) / len(said)


def test_seed(labelled):
    assert all(quote is not None for _, quote in labelled)
    assert share(labelled, "kind") >= 0.98
    assert share(labelled, "speaker") >= 0.98
    assert share(labelled, "speaker_id") >= 0.98
    assert share(labelled, "cue") >= 0.98
    assert all(quote.speaker is None for row, quote in labelled if not row["speaker"])
    assert all(
        quote.speaker_start == int(row["speaker_start"])
        for row, quote in labelled
        if row["speaker"] and row["speaker"] == quote.speaker
    )


# Vocabulary.


@pytest.mark.parametrize("name", ["cue_verbs.csv", "report_verbs.csv", "quote_words.csv", "first_names.csv"])
def test_vocabulary_names_its_sources(name):
    rows = language.rows(name)
    assert rows and all(row["source"] for row in rows)
    keys = [tuple(value for column, value in row.items() if column != "source") for row in rows]
    assert len(set(keys)) == len(keys)


def test_no_verb_stands_in_both_files():
    verbs = [row["verb"] for name in ("cue_verbs.csv", "report_verbs.csv") for row in language.rows(name)]
    assert len(set(verbs)) == len(verbs)


# Any text.

PIECES = [
    *"“”\"'‘’«»„`.,:;()—- \n",
    "''",
    "``",
    "“ ",
    " ”",
    " '",
    "' ",
    ".\n\n",
    "said",
    "told",
    "saying",
    "called",
    "read",
    "according to",
    "he",
    "she",
    "it",
    "they",
    "we",
    "who",
    "that",
    "by",
    "of",
    "as",
    "to",
    "and",
    "the",
    "a",
    "Poe",
    "Ann Poe",
    "Mr. Poe",
    "the Council",
    "Poe's",
    "workers'",
    "'90s",
    "claim",
    "chants of",
    "Monday",
    "was",
    "ly",
]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=120),
        st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " "])), max_size=50).map(
            lambda pieces: "".join(piece + space for piece, space in pieces)
        ),
    )
)
def test_any_text(text):
    quotes = find_quotes(paragraphs(text), [Name(0, 3, "x", "name"), Name(2, 9, None, "role")])
    open_ends: list[int] = []
    for before, quote in zip([None, *quotes], quotes, strict=False):
        assert text[quote.start : quote.end] == quote.text
        assert before is None or before.start < quote.start
        while open_ends and open_ends[-1] <= quote.start:
            open_ends.pop()
        assert quote.depth == len(open_ends) and all(quote.end <= end for end in open_ends)
        open_ends.append(quote.end)
        if quote.speaker is not None:
            assert quote.speaker and text[quote.speaker_start : quote.speaker_end] == quote.speaker
        if quote.cue is not None:
            assert quote.cue and text[quote.cue_start : quote.cue_end] == quote.cue
        if quote.kind in ("scare", "title"):
            assert quote.speaker is None


@pytest.mark.parametrize(
    "piece",
    [
        "“Go,” he said. ",
        "“a ‘b ",
        "'a' 'b ",
        "“ab ",
        "''",
        "'the workers' day' ",
        "Ann Poe left. “Go,” he said. ",
        "said ",
        "ly ",
        "de ",
        "Ann Poe ",
        "a, ",
        "\"'“”‘’«»a ",
    ],
)
def test_a_long_text_of_anything_is_read_to_its_end(piece):
    # No clock: time that grew with the square of this length would be minutes.
    text = "“Go,” " + piece * 40_000 + "Poe said. “Go.”"
    found = find_quotes([Paragraph(0, text)])
    assert all(text[quote.start : quote.end] == quote.text for quote in found)
