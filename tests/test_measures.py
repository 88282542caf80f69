"""Measures in a sentence: phrases, owners, targets and agents; what governs them, clause by clause; refusals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import language
from analysis.clause_subjects import clause_start, main_subject, noun_owners, noun_phrase, speaker_behind, subject
from analysis.clauses import Entry, Sentence, inflected, words
from analysis.governors import govern, govern_act
from analysis.measure_signs import find_signs
from analysis.measures import Measure, find_measures
from analysis.stages import Reading
from analysis.target_phrases import phrases
from analysis.verb_groups import read_group

NAMES = re.compile(r"\b(Doeland|Roeland|Foeland|Northern Union|Ann Poe|Pat Doe|Roelandian)\b")
PEOPLE = ("Ann Poe", "Pat Doe")


def sentence(text: str, start: int = 0) -> Sentence:
    """Read a sentence whose names are those of this test."""
    kinds = dict.fromkeys(PEOPLE, "person") | {"Roelandian": "demonym"}
    found = [
        (match.start() + start, match.end() + start, match.group().lower(), kinds.get(match.group(), "name"))
        for match in NAMES.finditer(text)
    ]
    return Sentence(text, start, found)


def said(s: Sentence, places) -> list[str]:
    return [s.low[i] for i in places]


def spans(s: Sentence, ranges) -> list[str]:
    return [" ".join(s.low[a:b]) for a, b in ranges]


def only(text: str) -> tuple[Sentence, Measure]:
    s = sentence(text)
    (measure,) = find_measures(s)
    return s, measure


@pytest.mark.parametrize(
    ("text", "phrase", "kind", "instrument"),
    [
        ("Doeland imposed sanctions.", "sanctions", "noun", "sanctions"),
        ("Sanctions hurt.", "sanctions", "noun", "sanctions"),
        ("Doeland drew up a new round of tough sanctions.", "a new round of tough sanctions", "noun", "sanctions"),
        ("Doeland imposed a travel ban.", "a travel ban", "noun", "travel ban"),
        ("Doeland imposed an arms embargo on Roeland.", "an arms embargo on roeland", "noun", "embargo"),
        ("Doeland announced further measures.", "further measures", "noun", "unspecified"),
        ("Doeland sanctioned Roeland.", "sanctioned roeland", "verb", "sanctions"),
        ("Doeland sanctions Roeland", "sanctions roeland", "verb", "sanctions"),
        ("Doeland froze the assets of Ann Poe.", "froze the assets of ann poe", "verb", "asset freeze"),
        ("Doeland cut off gas supplies to Roeland.", "cut off gas supplies to roeland", "verb", "energy cut-off"),
        ("Gas to Roeland was cut off.", "cut off", "verb", "energy cut-off"),
    ],
)
def test_what_is_a_measure(text, phrase, kind, instrument):
    s, m = only(text)
    assert (" ".join(s.low[m.first : m.end]), m.kind, m.instrument) == (phrase, kind, instrument)
    assert m.is_weak == (phrase == "further measures")


@pytest.mark.parametrize(
    "text",
    [
        "Doeland met Roeland.",
        "Roeland sanctioned the raid.",
        "An unsanctioned rally was held.",
        "The sanctions committee met.",
        "The “sanctions” envoy left.",
        "Doeland has frozen peas.",
        "Doeland released frozen assets.",
        "Doeland banned smoking.",
        "Doeland cut off the road.",
    ],
)
def test_what_is_none(text):
    assert find_measures(sentence(text)) == []


@pytest.mark.parametrize(
    ("text", "owners", "targets", "agents"),
    [
        ("Sanctions hurt.", [], [], []),
        ("The Northern Union sanctions on Roeland hurt.", ["northern union"], ["roeland hurt"], []),
        ("Doeland's sanctions hurt.", ["doeland"], [], []),
        ("Doeland and Foeland sanctions hurt.", ["doeland", "foeland"], [], []),
        ("They lifted their sanctions against Roeland.", ["their"], ["roeland"], []),
        ("The sanctions of Doeland hurt.", ["doeland"], [], []),
        ("The sanctions by Doeland against Roeland were new.", [], ["roeland"], ["doeland"]),
        ("The sanctions which Doeland has imposed on Roeland were new.", [], ["roeland"], ["doeland"]),
        ("An anti-Roeland embargo came.", [], ["roeland"], []),
        ("Sanctions over the war on Roeland came.", [], ["roeland came"], []),
        ("Entry bans for four officials of Roeland were agreed.", [], ["four officials of roeland"], []),
        ("Doeland condemns Roelandian sanctions.", ["roelandian"], [], []),
        # the owner of a longer name is no owner
        ("Foeland Southish sanctions hurt.", [], [], []),
        ("Foeland Southish Sanctions Hurt", ["foeland"], [], []),
        # a day is nobody
        ("Sanctions on Monday hurt.", [], [], []),
    ],
)
def test_owners_targets_and_agents(text, owners, targets, agents):
    s, m = only(text)
    assert (said(s, m.senders), spans(s, m.targets), spans(s, m.agents)) == (owners, targets, agents)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Doeland spoke of sanctions on Roeland.", set()),
        ("Doeland spoke of sanctions imposed on Roeland.", {"is_imposed"}),
        ("Doeland spoke of sanctions aimed at Roeland.", set()),
        ("Doeland spoke of sanctions relief.", {"is_eased"}),
        ("Doeland spoke of sanctions on Nowhere.", {"has_stranger"}),
        ("The Foeland Southish sanctions hurt.", {"has_strange_owner"}),
    ],
)
def test_flags(text, flags):
    _, m = only(text)
    assert {
        flag for flag in ("is_imposed", "is_eased", "has_stranger", "has_strange_owner") if getattr(m, flag)
    } == flags


def test_measures_come_in_the_order_of_the_sentence():
    s = sentence("Asset freezes, travel bans and an embargo were agreed.")
    assert [m.instrument for m in find_measures(s)] == ["asset freeze", "travel ban", "embargo"]


@pytest.mark.parametrize(
    ("text", "is_sure", "is_weak"),
    [
        ("trade went on", False, False),
        ("new sanctions", True, True),
        ("further measures", False, True),
        ("it cut the gas", True, True),
        ("the gas was there", False, False),
    ],
)
def test_signs(text, is_sure, is_weak):
    found = find_signs(f"{text}\nsanctions")
    assert (find_signs(text) is not None, found.may_name(0, len(text))) == (is_sure, is_weak)


@pytest.mark.parametrize("row", language.rows("sanction_measures.csv"), ids=lambda row: row["term"])
def test_no_measure_is_without_its_sign(row):
    text = row["example"].lower()
    assert find_signs(f"{text}\nsanctions").may_name(0, len(text))


def test_a_sign_of_acting_is_a_word():
    text = "it should act.\nthe fact is new.\nsanctions"
    found = find_signs(text)
    assert [found.may_act(text.index(line), text.index(line) + len(line)) for line in text.split("\n")] == [
        True,
        False,
        False,
    ]


# Words and clauses.


@pytest.mark.parametrize(
    ("term", "forms", "written"),
    [
        ("levy", "", {"levy": "base", "levies": "s", "levied": "past", "levying": "ing"}),
        (
            "freeze",
            "froze|frozen",
            {"freeze": "base", "freezes": "s", "froze": "past", "frozen": "past", "freezing": "ing"},
        ),
        ("hit", "hit|hitting", {"hit": "both", "hits": "s", "hitting": "ing"}),
        ("agree on", "", {"agree on": "base", "agrees on": "s", "agreed on": "past", "agreeing on": "ing"}),
    ],
)
def test_inflected(term, forms, written):
    assert inflected(term, forms) == written


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Doeland hasn't paid.", ["doeland", "has", "n't", "paid", "."]),
        ("Ann Poe’s tit-for-tat", ["ann poe", "'s", "tit-for-tat"]),
        ("Doeland-drafted rules", ["doeland-drafted", "rules"]),
        ("We’ll go – now", ["we", "'ll", "go", "–", "now"]),
    ],
)
def test_words(text, low):
    assert sentence(text).low == low


def test_marks_around_a_fragment_can_be_left_out():
    text = "Doeland imposed “tough” sanctions."
    assert Sentence(text, 0, [], {16, 22}).low == ["doeland", "imposed", "tough", "sanctions", "."]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Doeland met Foeland.", ""),
        ("Doeland, which met Foeland, left.", ", which met foeland ,"),
        ("Doeland (a state) left.", "( a state )"),
        ("Doeland – a state – left.", "– a state –"),
        ("Doeland, a state, left.", ", a state ,"),
        ("Doeland, which left.", ""),
        ("Doeland (a state left.", ""),
    ],
)
def test_asides(text, aside):
    s = sentence(text)
    assert " ".join(said(s, sorted(s.aside))) == aside


def test_an_aside_is_none_for_what_stands_in_it():
    s = sentence("Doeland, which met Foeland, left.")
    assert s.around(0) is s
    assert s.around(3).aside == frozenset()
    assert said(s, sorted(s.around(3, 0, 18).aside)) == ["foeland", ",", "left", "."]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Doeland |imposed", ["doeland"]),
        ("Doeland and Foeland |imposed", ["doeland", "foeland"]),
        ("Doeland minister Ann Poe |imposed", ["ann poe"]),
        ("Ministers of Doeland |imposed", []),
        ("Doeland's minister |imposed", ["doeland"]),
        ("In Doeland, Foeland |imposed", ["foeland"]),
        ("Doeland left, but it |imposed", ["it"]),
        ("When Doeland left, Foeland |imposed", ["foeland"]),
        ("Doeland, which |imposed", ["doeland"]),
        ("Doeland said Foeland |imposed", ["foeland"]),
        ("|imposed", []),
    ],
)
def test_subjects(text, who):
    s = sentence(text.replace("|", ""))
    verb = len(sentence(text.partition("|")[0]).low)
    assert said(s, subject(s, verb - 1)) == who


def test_phrases_and_clauses():
    s = sentence("Foeland said the new Doeland plan, a trick, was late, adding that it was, Ann Poe said.")
    plan = s.low.index("plan")
    assert said(s, noun_owners(s, plan)[0]) == ["doeland"]
    assert said(s, noun_phrase(s, plan - 1)) == ["doeland"]
    assert s.low[clause_start(s, plan)] == "said"
    assert said(s, main_subject(s, s.low.index("adding"))) == ["foeland"]
    assert said(s, speaker_behind(s, s.low.index("it"))) == ["ann poe"]
    assert speaker_behind(s, len(s.low) - 1) == []


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Doeland", ["doeland"]),
        ("Doeland and Roeland", ["doeland", "roeland"]),
        ("Doeland's leader and a number of his allies", ["doeland 's leader", "a number of his allies"]),
        ("officials from Doeland, Roeland and Foeland", ["officials from doeland", "roeland", "foeland"]),
        ("officials in the city", ["officials in the city"]),
        ("Doeland, including Ann Poe", ["doeland", "ann poe"]),
        ("Doeland, Ann Poe among them", ["doeland", "ann poe"]),
        ("Doeland, Ann Poe said", ["doeland"]),
        ("Doeland, said Ann Poe", ["doeland"]),
        ("Doeland and Foeland was late", ["doeland"]),
        ("him by force", ["him"]),
        ("the table", []),
    ],
)
def test_target_phrases(text, members):
    s = sentence(text)
    assert spans(s, phrases(s, 0)) == members


@pytest.mark.parametrize(
    ("text", "before", "kind", "is_passive", "stage"),
    [
        ("Doeland has |imposed", "doeland", "finite", False, None),
        ("Doeland would |impose", "doeland", "finite", False, "threat"),
        ("Doeland should |impose", "doeland", "finite", False, "call"),
        ("Doeland was also |hit", "doeland", "finite", True, None),
        ("Doeland had to |impose", "to", "infinitive", False, None),
        ("Doeland left and |imposed", "left", "shared", False, None),
        ("Doeland spoke of |imposing", "of", "gerund", False, None),
        ("Doeland left, |imposing", ",", "participle", False, None),
        ("Doeland considers |imposing", "considers", "gerund", False, None),
    ],
)
def test_verb_groups(text, before, kind, is_passive, stage):
    s = sentence(text.replace("|", ""))
    r = Reading()
    group = read_group(s, r, len(sentence(text.partition("|")[0]).low))
    assert (s.low[group.before], group.kind, group.is_passive, r.stage) == (before, kind, is_passive, stage)


# What governs.

IMPOSED = Entry("impose", "verb", "imposition", "sender", "")
LIFTED = Entry("lift", "verb", "easing", "sender", "")
URGED = Entry("urge", "verb", "call", "caller", "sender")
BLOCKED = Entry("block", "verb", "blocking", "holder", "")
DISCUSSED = Entry("discuss", "verb", "consideration", "sender", "")
FACED = Entry("face", "verb", "threat", "target", "")
NOT = Entry("not", "negation", "none", "", "")
REFUSED = Entry("refuse", "verb", "none", "", "")
IF = Entry("if", "condition", "none", "", "")
WHETHER = Entry("whether", "conjunction", "consideration", "", "")
WILL = Entry("will", "modal", "threat", "", "")
SHOULD = Entry("should", "modal", "call", "", "")


@pytest.mark.parametrize(
    ("chain", "stage", "flags"),
    [
        ([IMPOSED], "imposition", set()),
        ([IMPOSED, NOT], "imposition", {"is_negated"}),
        ([IMPOSED, REFUSED], "imposition", {"is_negated"}),
        ([IMPOSED, IF], "imposition", {"is_conditional"}),
        ([IMPOSED, WHETHER], "consideration", set()),
        ([IMPOSED, NOT, WHETHER], "consideration", set()),
        ([IMPOSED, WILL], "threat", set()),
        ([IMPOSED, SHOULD], "call", {"is_obliged"}),
        ([IMPOSED, LIFTED], "easing", set()),
        ([LIFTED, IMPOSED], "easing", set()),
        ([LIFTED, WILL], "easing", {"is_planned"}),
        ([LIFTED, SHOULD], "easing", {"is_negated"}),
        ([LIFTED, URGED], "easing", {"is_negated"}),
        ([LIFTED, DISCUSSED], "easing", {"is_planned"}),
        ([LIFTED, BLOCKED], "easing", {"is_planned", "is_negated"}),
        ([IMPOSED, URGED], "call", set()),
        ([IMPOSED, WILL, URGED], "call", set()),
        ([IMPOSED, URGED, WILL], "call", set()),
        ([IMPOSED, URGED, DISCUSSED], "consideration", set()),
        ([IMPOSED, URGED, BLOCKED], "blocking", {"is_negated"}),
        ([IMPOSED, BLOCKED], "blocking", set()),
        ([IMPOSED, BLOCKED, URGED], "blocking", set()),
        ([IMPOSED, DISCUSSED], "consideration", set()),
        ([IMPOSED, DISCUSSED, FACED], "consideration", set()),
        ([FACED], "threat", set()),
    ],
    ids=lambda value: "-".join(entry.term for entry in value) if isinstance(value, list) else None,
)
def test_each_governor_changes_the_stage_inside_it(chain, stage, flags):
    r = Reading()
    for entry in chain:
        r.apply(entry)
    assert r.stage == stage
    names = ("is_negated", "is_conditional", "is_obliged", "is_planned")
    assert {name for name in names if getattr(r, name)} == flags


def test_a_role_is_given_once():
    r = Reading(first=4)
    for places in ([2, 3], [1]):
        for role in ("sender", "target", "caller", "holder", ""):
            r.give(role, places)
    assert (r.senders, r.targets, r.callers, r.holders) == ([2, 3], [(2, 3), (3, 4)], [2, 3], [2, 3])
    r.reach_to([])
    assert r.first == 4
    r.reach_to([2])
    assert r.first == 2


@pytest.mark.parametrize(
    ("text", "stage", "rule", "roles"),
    [
        ("Doeland imposed sanctions.", "imposition", "active", {"senders": ["doeland"]}),
        (
            "Ann Poe urged Doeland to impose sanctions.",
            "call",
            "active",
            {"callers": ["ann poe"], "senders": ["doeland"]},
        ),
        ("Foeland blocked sanctions.", "blocking", "active", {"holders": ["foeland"]}),
        ("Sanctions were lifted by Doeland.", "easing", "subject", {"senders": ["doeland"]}),
        ("Talks on sanctions went on.", "consideration", "nominal", {}),
        ("Doeland, which in May imposed sanctions, left.", "imposition", "active", {"senders": ["doeland"]}),
    ],
)
def test_governors(text, stage, rule, roles):
    s, m = only(text)
    r = govern(s.around(m.head), m)
    assert (r.stage, r.rule) == (stage, rule)
    named = {role: said(s, getattr(r, role)) for role in ("senders", "callers", "holders")}
    assert {role: who for role, who in named.items() if who} == roles


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Doeland has not imposed sanctions.", "is_negated"),
        ("If Doeland imposes sanctions, trade ends.", "is_conditional"),
        ("Doeland would have imposed sanctions.", "is_unreal"),
        ("They met over sanctions.", "is_topic"),
        ("Doeland must impose sanctions.", "is_obliged"),
        ("Doeland will lift sanctions.", "is_planned"),
    ],
)
def test_what_a_reading_is(text, flag):
    s, m = only(text)
    flags = ("is_negated", "is_conditional", "is_unreal", "is_topic", "is_obliged", "is_planned")
    r = govern(s, m)
    assert [name for name in flags if getattr(r, name)] == [flag]


def test_an_act_is_governed_like_a_measure():
    s = sentence("Ann Poe said Doeland should act.")
    act = s.low.index("act")
    r = govern_act(s, act, act, "base")
    assert (r.stage, r.rule, said(s, r.senders), said(s, r.callers)) == ("call", "act", ["doeland"], ["ann poe"])


@given(
    st.lists(
        st.sampled_from(
            [*sorted(words("preposition")), "Doeland", "Ann Poe", "sanctions", ",", "imposed", "and", "(", ")"]
        ),
        max_size=30,
    ),
    st.integers(0, 50),
)
def test_places_are_inside_the_sentence(pieces, start):
    text = " ".join(pieces)
    s = sentence(text, start)
    assert all(text[word.start - start : word.end - start].lower() == word.low for word in s.words)
    n = len(s.low)
    for m in find_measures(s):
        assert 0 <= m.first <= m.head < m.end <= n
        assert all(0 <= a < b <= n for a, b in [*m.targets, *m.agents])
        r = govern(s.around(m.head), m)
        assert 0 <= r.first < r.end <= n
        assert all(0 <= i < n for i in [*r.senders, *r.callers, *r.holders])
