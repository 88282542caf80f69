"""Sanction events: stages, senders, targets, who asks and who blocks; each refusal; the vocabulary; the labels."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import language
from analysis.actors import read_registry
from analysis.mentions import find_mentions
from analysis.quotes import Name, Paragraph, find_quotes
from analysis.sanctions import RULES, STAGES, STATUSES, Event, Mentioned, Said, find_events, sides
from analysis.sentences import split
from analysis.tables import read_actors
from conftest import ROOT

ACTORS = """
doeland,state,east,DO,Doeland,name
doeland,state,east,DO,Doelandian,demonym
doeland,state,east,DO,Doeville,metonym
roeland,state,south,RO,Roeland,name
roeland,state,south,RO,Roelandian,demonym
foeland,state,north,FO,Foeland,name
noeland,state,nu,NO,Noeland,name
northern-union,organisation,nu,,Northern Union,name
northern-union,organisation,nu,,NU,name
northern-union,organisation,nu,,the bloc,role
council-of-doe,organisation,east,DO,Council of Doe,name
guild,organisation,north,,Bakers Guild,name
ann-poe,person,north,FO,Ann Poe,name
ann-poe,person,north,FO,Poe,name
john-roe,person,south,RO,John Roe,name
pat-doe,person,east,DO,Pat Doe,name
mae-noe,person,nu,,Mae Noe,name
lee-foe,person,nu,FO,Lee Foe,name
lee-foe,person,nu,FO,Northern Union envoy,role
doe-wire,media,press,DO,Doe Wire,name
"""


def _registry():
    keys = ("actor_id", "type", "camp", "country", "alias", "kind")
    rows = []
    for line in ACTORS.strip().splitlines():
        row = dict(zip(keys, line.split(","), strict=True))
        name = row["actor_id"].replace("-", " ").title()
        rows.append(row | {"name": name, "valid_from": "", "valid_to": "", "source": "made up", "note": ""})
    return read_registry(rows, "the registry of this test")


REGISTRY = _registry()


def events(text: str) -> list[Event]:
    """Read one paragraph with the registry of this test."""
    mentions = find_mentions([(0, text)], REGISTRY)
    quotes = find_quotes([Paragraph(0, text)], [Name(m.start, m.end, m.actor_id, m.kind) for m in mentions])
    return find_events(
        [(start, text[start:end]) for start, end in split(text)],
        [Mentioned(m.start, m.end, m.actor_id, m.kind) for m in mentions],
        [Said(q.start, q.end, q.kind, q.speaker_id) for q in quotes],
        REGISTRY,
    )


def told(text: str) -> list[tuple[str | None, str | None, str]]:
    return [(e.sender_id, e.target_id, e.stage) for e in events(text)]


DOE, ROE, FOE, NOE, UNION = "doeland", "roeland", "foeland", "noeland", "northern-union"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # active, passive, subject, nominal
        ("Doeland imposed sanctions on Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland sanctioned Roeland on Monday.", [(DOE, ROE, "imposition")]),
        ("Roeland was sanctioned by Doeland.", [(DOE, ROE, "imposition")]),
        ("Roeland was also hit with an embargo by Doeland.", [(DOE, ROE, "imposition")]),
        ("Doeland hit Roeland with an asset freeze.", [(DOE, ROE, "imposition")]),
        ("Sanctions against Roeland were imposed by Doeland.", [(DOE, ROE, "imposition")]),
        ("Sanctions were put on Roeland by Doeland.", [(DOE, ROE, "imposition")]),
        ("New sanctions on Roeland took effect on Monday, Doeland said.", [(DOE, ROE, "imposition")]),
        ("The sanctions imposed on Roeland by Doeland hurt.", [(DOE, ROE, "imposition")]),
        ("The sanctions that Doeland has imposed on Roeland hurt.", [(DOE, ROE, "imposition")]),
        ("Doeland's sanctions on Roeland hurt trade.", [(DOE, ROE, "imposition")]),
        ("The Doelandian embargo against Roeland is a year old.", [(DOE, ROE, "imposition")]),
        ("The anti-Roeland embargo of Doeland hurts.", [(DOE, ROE, "imposition")]),
        ("Roeland has been under Doelandian sanctions since May.", [(DOE, ROE, "imposition")]),
        ("Officials sanctioned by Doeland left Roeland.", [(DOE, ROE, "imposition")]),
        ("Roeland shrugged off sanctions by Doeland.", [(DOE, ROE, "imposition")]),
        ("Sanctions against Roeland remain in place, Doeland said.", [(DOE, ROE, "imposition")]),
        ("Doeland renewed the sanctions against Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland will sanction Roeland, Prime Minister Ann Poe said.", [(DOE, ROE, "threat")]),
        ("Doeland closed Doeland's airspace and ports to planes of Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland banned Roeland's textile exports.", [(DOE, ROE, "imposition")]),
        ("Officials of Roeland were banned from travelling to Doeland by Doeland.", [(DOE, ROE, "imposition")]),
        ("Doeland halted the flow of Foeland gas to Roeland.", [(DOE, ROE, "imposition")]),
        ("Roeland blamed Doeland sanctions for the state of its economy.", [(DOE, ROE, "imposition")]),
        ("Doeland announced sanctions on Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland will blacklist Roelandian officials.", [(DOE, ROE, "threat")]),
        (
            "Doeland barred John Roe and two others from entry.",
            [(DOE, "john-roe", "imposition"), (DOE, ROE, "imposition")],
        ),
        ("Doeland and Foeland have halted aid to Roeland.", [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")]),
        ("Doeland suspended all transactions with Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland may shut the gas pipeline to Roeland.", [(DOE, ROE, "threat")]),
        ("Doeland used its new sanctions regime.", []),
        ("Doeland shut its airspace until Monday, and Roeland is worried.", []),
        (
            "Noeland sanctioned Foeland. Secretary of State Pat Doe has warned that Roeland could face sanctions.",
            [(NOE, FOE, "imposition"), (DOE, ROE, "threat")],
        ),
        ("The bloc sanctioned Foeland. Doeland opposes broad sanctions.", [(UNION, FOE, "imposition")]),
        (
            "The bloc sanctioned Foeland. Noeland opposes broad sanctions.",
            [(UNION, FOE, "imposition"), (UNION, FOE, "blocking")],
        ),
        ("The bloc is expected on Monday to approve sanctions on Roeland.", [(UNION, ROE, "preparation")]),
        ("The bloc is due this week to adopt sanctions on Roeland.", [(UNION, ROE, "preparation")]),
        (
            "Doeland imposed sanctions on Roeland. Sanctions were among the options, Doeland said.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "consideration")],
        ),
        (
            "The bloc sanctioned Foeland. Doeland sanctioned Roeland. Foeland threatened countermeasures.",
            [(UNION, FOE, "imposition"), (DOE, ROE, "imposition"), (FOE, UNION, "threat")],
        ),
        (
            "Doeland and Foeland announced on Sunday they were barring John Roe from entry.",
            [(DOE, "john-roe", "imposition"), (FOE, "john-roe", "imposition")],
        ),
        # whom
        ("Doeland froze the assets of bakers close to John Roe.", [(DOE, ROE, "imposition")]),
        (
            "Doeland blacklisted 88 Roelandian officials including John Roe.",
            [(DOE, ROE, "imposition"), (DOE, "john-roe", "imposition")],
        ),
        (
            "Doeland has slapped sanctions on John Roe and a number of his allies.",
            [(DOE, "john-roe", "imposition"), (DOE, ROE, "imposition")],
        ),
        (
            "Doeland imposed sanctions on Roeland and Noeland.",
            [(DOE, ROE, "imposition"), (DOE, NOE, "imposition")],
        ),
        (
            "Doeland has imposed tough sanctions on Roeland, including John Roe.",
            [(DOE, ROE, "imposition"), (DOE, "john-roe", "imposition")],
        ),
        ("Doeland imposed sanctions on companies in Roeland.", [(DOE, ROE, "imposition")]),
        ("John Roe fled. Doeland imposed sanctions on him.", [(DOE, "john-roe", "imposition")]),
        ("Doeland imposed sanctions over the raid on Roeland.", [(DOE, ROE, "imposition")]),
        # who
        (
            "Doeland and Foeland imposed sanctions on Roeland.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")],
        ),
        ("Doeland minister Mae Noe announced sanctions on Roeland.", [(DOE, ROE, "imposition")]),
        ("The Northern Union met. The bloc imposed sanctions on Roeland.", [(UNION, ROE, "imposition")]),
        ("The Northern Union met. It imposed sanctions on Roeland.", [(UNION, ROE, "imposition")]),
        ("The Council of Doe imposed sanctions on Roeland.", [(DOE, ROE, "imposition")]),
        ("Mae Noe imposed sanctions on Roeland.", [(UNION, ROE, "imposition")]),
        ("Doe Wire reported that sanctions were imposed on Roeland.", [(None, ROE, "imposition")]),
        (
            "The Northern Union, which in March imposed sanctions on Roeland, met on Monday.",
            [(UNION, ROE, "imposition")],
        ),
        ("Foeland urged Ann Poe, who was sanctioned by Roeland, to go.", [(ROE, "ann-poe", "imposition")]),
        ("Doeland (which imposed sanctions on Roeland in May) met Foeland.", [(DOE, ROE, "imposition")]),
        ("Doeland, the seat of a guild, imposed sanctions on Roeland.", [(DOE, ROE, "imposition")]),
        ("Announcing the sanctions on Roeland, Pat Doe said trade would go on.", [(DOE, ROE, "imposition")]),
        ("Foeland answered Roeland within minutes by blacklisting ten of its judges.", [(FOE, ROE, "imposition")]),
        ("Doeland minister Pat Doe met Foeland and imposed sanctions on Roeland.", [(DOE, ROE, "imposition")]),
        (
            "Doeland, along with Foeland, is imposing sanctions on Roeland.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")],
        ),
        ("Doeland in May imposed sanctions on Roeland.", [(DOE, ROE, "imposition")]),
        # sender or target of the sentence before
        (
            "Doeland imposed sanctions on Roeland. Officials were also hit with travel bans.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "imposition")],
        ),
        (
            "Doeland imposed sanctions on Roeland. The sanctions were lifted in May.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "easing")],
        ),
        (
            "Doeland imposed sanctions on Roeland. Foeland announced further measures.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")],
        ),
        # two events in one sentence
        (
            "Doeland imposed sanctions on Roeland and threatened to freeze the assets of Noeland.",
            [(DOE, ROE, "imposition"), (DOE, NOE, "threat")],
        ),
        (
            "Doeland imposed sanctions on Roeland, while Foeland lifted its embargo on Noeland.",
            [(DOE, ROE, "imposition"), (FOE, NOE, "easing")],
        ),
        (
            "In response to the sanctions of Doeland, Roeland banned imports of Doelandian wine.",
            [(DOE, ROE, "imposition"), (ROE, DOE, "imposition")],
        ),
        # call
        ("Ann Poe urged Doeland to impose sanctions on Roeland.", [(DOE, ROE, "call")]),
        ("Ann Poe called for sanctions by Doeland against Roeland.", [(DOE, ROE, "call")]),
        ("Doeland should impose sanctions on Roeland, Ann Poe said.", [(DOE, ROE, "call")]),
        ("Foeland wants the bloc to sanction Roeland.", [(UNION, ROE, "call")]),
        ("Foeland asked the Northern Union for sanctions against Roeland.", [(UNION, ROE, "call")]),
        ("Foeland demanded that the bloc impose sanctions on Roeland.", [(UNION, ROE, "call")]),
        ("Ann Poe repeated her call for sanctions by Doeland on Roeland.", [(DOE, ROE, "call")]),
        ("Ann Poe met ministers of the bloc and urged them to sanction Roeland.", [(UNION, ROE, "call")]),
        (
            "Doeland imposed sanctions on Roeland, but Foeland said it should do more.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "call")],
        ),
        # consideration, threat, preparation
        ("Doeland is considering sanctions against Roeland.", [(DOE, ROE, "consideration")]),
        ("Doeland is discussing whether to sanction Roeland.", [(DOE, ROE, "consideration")]),
        ("Doeland will decide on sanctions against Roeland on Monday.", [(DOE, ROE, "consideration")]),
        ("Doeland could impose sanctions on Roeland next week.", [(DOE, ROE, "threat")]),
        ("Doeland said it would impose sanctions on Roeland.", [(DOE, ROE, "threat")]),
        ("Doeland vowed to sanction individuals in Roeland.", [(DOE, ROE, "threat")]),
        ("Doeland threatened Roeland with sanctions.", [(DOE, ROE, "threat")]),
        ("Roeland was threatened with sanctions by Doeland.", [(DOE, ROE, "threat")]),
        ("Roeland faces sanctions by Doeland.", [(DOE, ROE, "threat")]),
        ("Doeland is ready to impose sanctions on Roeland.", [(DOE, ROE, "threat")]),
        ("Ministers of the Northern Union agreed on sanctions against Roeland.", [(UNION, ROE, "preparation")]),
        (
            "Doeland has drawn up a list of officials of Roeland to hit with asset freezes.",
            [(DOE, ROE, "preparation")],
        ),
        ("Doeland is working on a new round of sanctions against Roeland.", [(DOE, ROE, "preparation")]),
        # counter-threat
        (
            "Doeland imposed sanctions on Roeland. Roeland has vowed to retaliate.",
            [(DOE, ROE, "imposition"), (ROE, DOE, "threat")],
        ),
        (
            "Doeland imposed sanctions on Roeland. It will respond, Roeland said.",
            [(DOE, ROE, "imposition"), (ROE, DOE, "threat")],
        ),
        ("Roeland threatened to cut off gas to Doeland over any new sanctions.", [(ROE, DOE, "threat")]),
        # blocking
        ("Noeland has blocked the bloc's sanctions against Roeland.", [(UNION, ROE, "blocking")]),
        ("Noeland vetoed sanctions by the Northern Union against Roeland.", [(UNION, ROE, "blocking")]),
        ("Roeland rejected the sanctions of Doeland.", [(DOE, ROE, "imposition")]),
        # easing
        ("Doeland lifted its sanctions on Roeland.", [(DOE, ROE, "easing")]),
        ("Doeland plans to lift its sanctions on Roeland.", [(DOE, ROE, "easing")]),
        ("Doeland suspended the embargo against Roeland.", [(DOE, ROE, "easing")]),
        ("Doeland removed John Roe from its sanctions list.", [(DOE, "john-roe", "easing")]),
        ("John Roe was removed from the sanctions list of Doeland.", [(DOE, "john-roe", "easing")]),
        ("Doeland promised Roeland sanctions relief.", [(DOE, ROE, "easing")]),
        # headlines
        ("Doeland sanctions Roeland", [(DOE, ROE, "imposition")]),
        ("Doeland to sanction Roeland", [(DOE, ROE, "threat")]),
        ("Doeland, Foeland slap sanctions on Roeland", [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")]),
        ("Doeland expels envoys, sanctions Roelandian companies", [(DOE, ROE, "imposition")]),
        # other measures
        ("Doeland banned Roelandian airlines from its airspace.", [(DOE, ROE, "imposition")]),
        ("Doeland closed its airspace to Roelandian planes.", [(DOE, ROE, "imposition")]),
        ("Doeland cut off gas supplies to Roeland.", [(DOE, ROE, "imposition")]),
        ("Gas to Roeland was cut off by Doeland.", [(DOE, ROE, "imposition")]),
        ("The assets of John Roe were frozen by Doeland.", [(DOE, "john-roe", "imposition")]),
        ("Doeland barred officials of Roeland from entering its territory.", [(DOE, ROE, "imposition")]),
        ("Doeland barred its banks from dealing with companies of Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland froze John Roe's assets.", [(DOE, "john-roe", "imposition")]),
        ("Doeland imposed an embargo on all trade with Roeland.", [(DOE, ROE, "imposition")]),
        # lists, and verbs that share what another has
        (
            "Foeland, the Northern Union and Doeland sanctioned Roeland.",
            [(FOE, ROE, "imposition"), (UNION, ROE, "imposition"), (DOE, ROE, "imposition")],
        ),
        ("Doeland signed a decree, and swiftly blacklisted Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland announced asset freezes and travel bans on John Roe.", [(DOE, "john-roe", "imposition")]),
        ("Doeland has so far adopted sanctions against Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland has rejected the vote and is drafting sanctions on Roeland.", [(DOE, ROE, "preparation")]),
        ("Doeland drew up a list of officials of Roeland to be hit with asset freezes.", [(DOE, ROE, "preparation")]),
        ("Doeland is discussing whether to blacklist John Roe.", [(DOE, "john-roe", "consideration")]),
        ("Doeland stood ready to consider sanctions on Roeland.", [(DOE, ROE, "consideration")]),
        (
            "Doeland sanctioned Roeland, which sells tea; Foeland took similar measures against Roeland.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")],
        ),
        # refusals that are denied, and those of a member of a union
        ("Doeland will not hesitate to sanction Roeland.", [(DOE, ROE, "threat")]),
        ("Doeland has not ruled out sanctions on Roeland.", [(DOE, ROE, "consideration")]),
        ("Doeland is looking at Roeland, without excluding sanctions.", [(DOE, ROE, "consideration")]),
        (
            "The bloc is drafting sanctions on Roeland. Noeland refused to approve the package.",
            [(UNION, ROE, "preparation"), (UNION, ROE, "blocking")],
        ),
        # weak verbs go on with what was told before
        (
            "Doeland sanctioned Roeland. The raid was long. Doeland also targeted two Roelandian banks.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "imposition")],
        ),
        (
            "Doeland sanctioned Roeland. Two companies could be listed in May.",
            [(DOE, ROE, s) for s in ("imposition", "threat")],
        ),
        ("Doeland sanctioned Roeland. Foeland could follow suit.", [(DOE, ROE, "imposition"), (FOE, ROE, "threat")]),
        (
            "Doeland sanctioned Roeland. Foeland added it to its list.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")],
        ),
        # who is put under measures, and who puts them
        ("Foeland wants John Roe to be sanctioned by Doeland.", [(DOE, "john-roe", "call")]),
        ("Foeland pushed for John Roe to be put on Doeland's sanctions list.", [(DOE, "john-roe", "call")]),
        ("Doeland has placed Roeland's police and ten officials under sanctions.", [(DOE, ROE, "imposition")]),
        ("Officials of Roeland were banned from entering Doeland.", [(DOE, ROE, "imposition")]),
        ("Doelandian banks are barred from dealing with Roeland.", [(DOE, ROE, "imposition")]),
        (
            "Doeland froze the assets of ten officials of Roeland, among them John Roe.",
            [(DOE, ROE, "imposition"), (DOE, "john-roe", "imposition")],
        ),
        (
            "Doeland, which together with Foeland sanctioned Roeland, met on Monday.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")],
        ),
        (
            "Doeland, together with Foeland, has imposed sanctions on Roeland.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")],
        ),
        (
            "Doeland along with Foeland may sanction Roeland.",
            [(DOE, ROE, "threat"), (FOE, ROE, "threat")],
        ),
        (
            "Doeland, along with an aide of Foeland, sanctioned Roeland.",
            [(DOE, ROE, "imposition")],
        ),
        ("Roeland adopted the bloc's sanctions on Foeland.", [(ROE, FOE, "imposition")]),
        (
            "Doeland sanctioned Roeland. Those targeted include John Roe and two banks.",
            [(DOE, ROE, "imposition"), (DOE, "john-roe", "imposition"), (DOE, ROE, "imposition")],
        ),
        (
            "Doeland blacklisted ten officials, among them John Roe.",
            [(DOE, "john-roe", "imposition"), (DOE, ROE, "imposition")],
        ),
        ("Roeland has been hit by sanctions of Doeland.", [(DOE, ROE, "imposition")]),
        (
            "The bloc sanctioned Foeland. Roeland joined the bloc's sanctions.",
            [(UNION, FOE, "imposition"), (ROE, FOE, "imposition")],
        ),
        ("Noeland urged its partners to sanction Roeland.", [(UNION, ROE, "call")]),
        ("Noeland appealed to other member states to sanction Roeland.", [(UNION, ROE, "call")]),
        (
            "The bloc sanctioned Roeland. Noeland does not back an embargo.",
            [(UNION, ROE, "imposition"), (UNION, ROE, "blocking")],
        ),
        (
            "The bloc sanctioned Roeland. Noeland threatened to veto an embargo.",
            [(UNION, ROE, "imposition"), (UNION, ROE, "blocking")],
        ),
        (
            "Doeland sanctioned Roeland. A fresh package is being prepared.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "preparation")],
        ),
        (
            "Doeland sanctioned Roeland. Ann Poe urged it to punish Roeland.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "call")],
        ),
        ("Doeland sanctioned hundreds of individuals of Roeland.", [(DOE, ROE, "imposition")]),
        ("Doeland sanctioned John Roe, head of the Bakers Guild.", [(DOE, "john-roe", "imposition")]),
        (
            "Doeland sanctioned Roeland. John Roe said sanctions should be stepped up.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "call")],
        ),
        (
            "Doeland and Foeland met. On Monday the two allies sanctioned Roeland.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "imposition")],
        ),
        (
            "Doeland sanctioned Roeland. Foeland called on Doeland to tighten the noose.",
            [(DOE, ROE, "imposition"), (DOE, ROE, "call")],
        ),
        ("Doeland cut all banks of Roeland, large and small, off from SWIFT.", [(DOE, ROE, "imposition")]),
        # answers from afar, and acts of one's own
        (
            "Doeland sanctioned Roeland. It rained. It rained. It rained. Roeland said it would answer the sanctions.",
            [(DOE, ROE, "imposition"), (ROE, DOE, "threat")],
        ),
        ("Doeland sanctioned Roeland. Doeland is ready to act.", [(DOE, ROE, "imposition"), (DOE, ROE, "threat")]),
        (
            "The bloc sanctioned Roeland. Its ministers met. Foeland called on them to impose the harshest sanctions.",
            [(UNION, ROE, "imposition"), (UNION, ROE, "call")],
        ),
    ],
)
def test_who_does_what_to_whom(text, rows):
    assert told(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Doeland met Roeland.",
        # conditions
        "If Doeland imposes sanctions on Roeland, trade will suffer.",
        "Unless Doeland imposes sanctions on Roeland, trade will go on.",
        "Roeland is bracing for any sanctions by Doeland.",
        "Whether Doeland imposes sanctions on Roeland or not, trade will go on.",
        # negations and refusals
        "Doeland has not imposed sanctions on Roeland.",
        "Doeland imposed no sanctions on Roeland.",
        "Nobody in Doeland imposed sanctions on Roeland.",
        "Doeland refused to impose sanctions on Roeland.",
        "Doeland ruled out sanctions on Roeland.",
        "Doeland denied having imposed sanctions on Roeland.",
        "Doeland has failed to sanction Roeland.",
        "Doeland: no sanctions on Roeland",
        # what never was, what is asked
        "Doeland would have imposed sanctions on Roeland.",
        "Will Doeland impose sanctions on Roeland?",
        "Has Doeland imposed sanctions on Roeland?",
        # a call for less, and held-up easing
        "Ann Poe urged Doeland to lift its sanctions on Roeland.",
        "Noeland blocked plans to lift the bloc's sanctions on Roeland.",
        # mere topics
        "Doeland spoke about sanctions with Foeland.",
        "Roeland evaded sanctions by Doeland.",
        "Roeland busted the sanctions of Doeland.",
        "Without sanctions on Roeland, trade goes on.",
        "International sanctions hurt trade.",
        "Sanctions hurt.",
        # other words
        "Roeland sanctioned the raid.",
        "Police broke up an unsanctioned rally in Roeland.",
        "The sanctions committee of the Northern Union met in Roeland.",
        "Doeland put road blocks around Roeland.",
        # measures at home, or on nothing
        "Doeland banned smoking in bars.",
        "Roeland imposed a ban on protests.",
        "Roeland banned two newspapers.",
        "A court in Roeland banned Ann Poe from leaving the country.",
        "Roeland lifted the ban on alcohol.",
        "Doeland cut off the road to Roeland.",
        # a weak noun needs a sure one before
        "Doeland announced further measures against Roeland.",
        "Roeland took measures against the flood.",
        "Despite warning of measures against Roeland, Doeland has yet to act.",
        "Doeland targeted two Roelandian banks.",
        "Doeland took similar action against Roeland.",
        "Roeland put companies on a list.",
        # a longer name than the owner's
        "Foeland Southish sanctions hurt.",
    ],
)
def test_no_event(text):
    assert events(text) == []


@pytest.mark.parametrize(
    ("text", "called_by", "held_up_by"),
    [
        ("Doeland imposed sanctions on Roeland.", None, None),
        ("Ann Poe urged Doeland to impose sanctions on Roeland.", "ann-poe", None),
        ("Foeland and Noeland called for sanctions by Doeland on Roeland.", "foeland; noeland", None),
        ("Doeland should sanction Roeland, said Ann Poe.", "ann-poe", None),
        ("Ann Poe said Doeland should sanction Roeland.", "ann-poe", None),
        ("“Doeland must impose sanctions on Roeland,” said Ann Poe.", "ann-poe", None),
        ("Sanctions by Doeland on Roeland are needed, Ann Poe said.", "ann-poe", None),
        ("Noeland is holding up the bloc's sanctions on Roeland.", None, "noeland"),
        ("Mae Noe vetoed sanctions by Doeland on Roeland.", None, "mae-noe"),
    ],
)
def test_who_asks_and_who_blocks(text, called_by, held_up_by):
    (event,) = events(text)
    assert (event.called_by, event.held_up_by) == (called_by, held_up_by)


@pytest.mark.parametrize(
    ("text", "stage", "status"),
    [
        ("Doeland imposed sanctions on Roeland.", "imposition", "in force"),
        ("Doeland lifted its sanctions on Roeland.", "easing", "in force"),
        ("Doeland plans to lift its sanctions on Roeland.", "easing", "planned"),
        ("Doeland will impose sanctions on Roeland.", "threat", "planned"),
        ("Doeland will impose sanctions on Roeland if it stays.", "threat", "conditional"),
        ("Doeland will impose sanctions on Roeland unless it goes.", "threat", "conditional"),
        ("Roeland threatened to cut off gas to Doeland for any new sanctions.", "threat", "conditional"),
        ("“What if we cut off gas to Doeland?” said John Roe.", "threat", "conditional"),
    ],
)
def test_status(text, stage, status):
    (event,) = events(text)
    assert (event.stage, event.status) == (stage, status)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("“We will impose sanctions on Roeland,” said Pat Doe.", (DOE, ROE, "threat", "pat-doe")),
        ("“We must impose sanctions on Roeland,” said Pat Doe.", (DOE, ROE, "threat", "pat-doe")),
        ("“Doeland must impose sanctions on Roeland,” said Ann Poe.", (DOE, ROE, "call", "ann-poe")),
        ("Pat Doe said Doeland had imposed “tough sanctions” on Roeland.", (DOE, ROE, "imposition", "pat-doe")),
        ("Doeland imposed “tough sanctions” on Roeland.", (DOE, ROE, "imposition", None)),
        ("“They will impose sanctions on us,” said John Roe.", (None, ROE, "threat", "john-roe")),
    ],
)
def test_quotations(text, row):
    (event,) = events(text)
    assert (event.sender_id, event.target_id, event.stage, event.speaker_id) == row


@pytest.mark.parametrize(
    "text",
    [
        "Military action against Roeland went on.",
        "Foeland hit Noeland.",
        "Roeland targeted companies of Doeland.",
        "Journalists were targeted.",
        "Foeland has a list of companies.",
        "Doeland is not on the list.",
        "Roeland called the sanctions illegal.",
        "Foeland lifted its veto on the measures.",
        "Roeland, under sanctions until May, met Foeland.",
        "Foeland answered questions.",
        "Roeland did the same.",
        "Foeland barred Ann Poe from the room.",
        "Doeland listed Roeland among its suppliers.",
        "Foeland added Roeland to the agenda.",
        "Doeland designated Roeland a rival.",
        "Foeland shut out Roeland in the final.",
        "Doeland turned the screws on the mill.",
        "Foeland tightened the noose around Roelandian troops.",
        "Foeland hit Roeland with drones.",
        "Its minister took action against hackers of Roeland.",
        "Roeland vowed a swift response to the raid.",
    ],
)
def test_what_goes_on_with_no_measure(text):
    assert told(f"Doeland sanctioned Roeland. {text}") == [(DOE, ROE, "imposition")]


def test_a_quoted_counter_threat_follows_its_measure():
    first, second = events("Doeland imposed sanctions on Roeland. “We will hit back,” said John Roe.")
    assert (second.sender_id, second.target_id, second.stage, second.speaker_id) == (ROE, DOE, "threat", "john-roe")
    assert (first.is_answer, second.is_answer, second.rule) == (False, True, "act")


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("Doeland imposed sanctions on Roeland.", "sanctions"),
        ("Doeland imposed asset freezes and travel bans on officials of Roeland.", "asset freeze; travel ban"),
        ("Doeland closed its airspace to Roelandian planes.", "airspace ban"),
        ("Doeland halted gas exports to Roeland.", "energy cut-off"),
        ("Doeland froze the assets of John Roe.", "asset freeze"),
        ("Doeland barred its banks from dealing with companies of Roeland.", "trade ban"),
    ],
)
def test_instruments(text, instrument):
    (event,) = events(text)
    assert event.instrument == instrument


@pytest.mark.parametrize(
    ("text", "is_new", "is_answer", "rule", "words"),
    [
        ("Doeland sanctioned Roeland.", False, False, "active", "Doeland sanctioned Roeland"),
        ("On Monday Roeland was sanctioned by Doeland.", False, False, "passive", "Roeland was sanctioned by Doeland"),
        ("Fresh sanctions on Roeland took effect.", True, False, "subject", "Fresh sanctions on Roeland took effect"),
        ("Doelandian sanctions on Roeland hurt.", False, False, "nominal", "Doelandian sanctions on Roeland hurt"),
        (
            "Roeland imposed sanctions on Doeland in retaliation.",
            False,
            True,
            "active",
            "Roeland imposed sanctions on Doeland",
        ),
    ],
)
def test_words_flags_and_rules(text, is_new, is_answer, rule, words):
    (event,) = events(text)
    assert (event.is_new, event.is_answer, event.rule, event.text) == (is_new, is_answer, rule, words)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "Doeland granted Roeland relief from sanctions.",
            [(DOE, ROE, "easing")],
            marks=pytest.mark.xfail(reason="the person between a verb and its object is taken for an owner"),
        ),
        pytest.param(
            "Foeland hinted that the raid could cost Roeland its place, and sanctions.",
            [(FOE, ROE, "threat")],
            marks=pytest.mark.xfail(reason="a measure joined to another noun, behind a verb of no measure"),
        ),
        pytest.param(
            "Doeland has imposed sanctions on Roeland, and Foeland is considering them.",
            [(DOE, ROE, "imposition"), (FOE, ROE, "consideration")],
            marks=pytest.mark.xfail(reason="a pronoun for the measure itself"),
        ),
        pytest.param(
            "Roeland, under sanctions since May, sold gas to Foeland.",
            [(None, ROE, "imposition")],
            marks=pytest.mark.xfail(reason="a sender that is not named is looked for in the rest of the sentence"),
        ),
        pytest.param(
            "Roeland said sanctions by Doeland would be met with an embargo on Doelandian goods.",
            [(ROE, DOE, "threat")],
            marks=pytest.mark.xfail(reason="the subject of the verb is a measure, and its doer stands outside"),
        ),
        pytest.param(
            "The bloc could not agree on sanctions against Roeland because of Noeland.",
            [(UNION, ROE, "blocking")],
            marks=pytest.mark.xfail(reason="a blocking that no verb or noun names"),
        ),
        pytest.param(
            "Doeland left Roeland without gas.",
            [(DOE, ROE, "imposition")],
            marks=pytest.mark.xfail(reason="an event told without any word for a measure"),
        ),
    ],
)
def test_known_misses(text, rows):
    assert told(text) == rows


# The vocabulary.


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{row['kind']}: {row['term']}")
        for name in ("sanction_verbs.csv", "sanction_measures.csv")
        for row in language.rows(name)
    ],
)
def test_each_term_means_its_stage(row):
    stage = row["stage"] or "imposition"
    found = told(row["example"])
    if stage == "none":
        assert found == []
    elif row["kind"] == "act":
        is_own = "Roeland said" in row["example"]
        assert ((ROE, DOE, "threat") if is_own else (DOE, ROE, "call")) in found
    elif row["kind"] == "weak noun" and stage in ("blocking", "threat"):
        assert {"blocking": (UNION, ROE, stage), "threat": (ROE, DOE, stage)}[stage] in found
    else:
        assert (DOE, ROE, stage) in found


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("clause_words.csv", ("word", "kind")),
        ("sanction_measures.csv", ("term", "kind", "object")),
        ("sanction_verbs.csv", ("term", "kind")),
        ("sanction_stages.csv", ("stage",)),
    ],
)
def test_vocabulary_rows_are_unique_and_have_a_source(name, key):
    rows = language.rows(name)
    keys = [tuple(row[part] for part in key) for row in rows]
    assert sorted(set(keys)) == sorted(keys)
    assert [row for row in rows if not row["source"].strip()] == []


def test_stages_of_the_vocabulary_are_those_of_the_codebook():
    assert STAGES == ("call", "consideration", "threat", "preparation", "blocking", "imposition", "easing")
    named = {row["stage"] for name in ("sanction_verbs.csv", "sanction_measures.csv") for row in language.rows(name)}
    assert named - {"", "none"} <= set(STAGES)


# Sides.


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        (DOE, DOE),
        ("pat-doe", DOE),
        ("council-of-doe", DOE),
        (UNION, UNION),
        ("mae-noe", UNION),
        ("lee-foe", UNION),
        ("guild", "guild"),
        (NOE, NOE),
    ],
)
def test_sides(actor, side):
    assert sides(REGISTRY).of[actor] == side


def test_members_of_a_union_are_known_as_such():
    assert sides(REGISTRY).members[NOE] == UNION
    assert sides(REGISTRY) is sides(REGISTRY)


# Properties.

PIECES = sorted(
    {
        *(row["term"].split("|")[0] for row in language.rows("sanction_verbs.csv")),
        *(row["term"].split("|")[0] for row in language.rows("sanction_measures.csv")),
        *(word for row in language.rows("sanction_measures.csv") for word in row["object"].split("|") if word),
        *(row["word"] for row in language.rows("clause_words.csv")),
    }
)
NAMES = ["Doeland", "Roeland", "Foeland", "the bloc", "Ann Poe", "John Roe", "Doelandian", "Mae Noe", "Doe Wire"]
MARKS = [",", ".", ";", ":", "?", "“", "”", "(", ")", "–", "—", "'s", "’s", "…", "-", "\n"]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["sanctions", "sanctioned", "imposed", "on", "measures", "by", "gas", "cut off"]),
        st.sampled_from(NAMES),
        st.sampled_from(MARKS),
        st.sampled_from(PIECES),
    ),
    max_size=40,
).map(" ".join)


def ends_hold(text: str, found: list[Event]) -> None:
    spans = split(text)
    for event in found:
        assert text[event.start : event.end] == event.text != ""
        assert any(start <= event.start and event.end <= end for start, end in spans)
        assert event.stage in STAGES and event.status in STATUSES and event.rule in RULES
        assert event.sender_id or event.target_id
        assert event.sender_id != event.target_id


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_of_the_vocabulary(text):
    ends_hold(text, events(text))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80).map(lambda text: f"Doeland imposed sanctions on {text} Roeland."))
def test_any_text(text):
    ends_hold(text, events(text))


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_each_event_of_a_sentence_is_told_once(text):
    found = [(e.sender_id, e.target_id, e.stage) for e in events(text.replace(".", ",").replace("?", ","))]
    per_sentence = split(text.replace(".", ",").replace("?", ","))
    if len(per_sentence) == 1:
        assert len(set(found)) == len(found)


def test_a_sentence_behind_changes_nothing_that_is_named_before():
    text = "Doeland imposed sanctions on Roeland. It will respond, Roeland said."
    more = text + " Foeland lifted its embargo on Noeland."
    assert events(more)[:2] == events(text)


@pytest.mark.parametrize(
    ("piece", "n_words"),
    [
        ("sanctions ", 10_000),
        ("measures, ", 10_000),
        ("Doeland imposed sanctions on Roeland and ", 10_000),
        ("trade ", 100_000),
        ("( ", 100_000),
        ("“a ", 100_000),
        (", which ", 100_000),
        ("Doeland's ", 100_000),
        ("will ", 100_000),
        ("imposed ", 100_000),
    ],
)
def test_a_long_text_is_read_to_its_end(piece, n_words):
    # No clock: time that grew with the square of this length would be minutes. No stop, and a measure now and then.
    block = piece * (200 // len(piece.split())) + "sanctions "
    text = block * (n_words // 200) + ". Doeland imposed sanctions on Roeland."
    start = text.rindex("Doeland imposed")
    mentions = [Mentioned(start, start + 7, DOE, "name"), Mentioned(len(text) - 8, len(text) - 1, ROE, "name")]
    found = find_events([(0, text[:start]), (start, text[start:])], mentions, [], REGISTRY)
    assert (found[-1].sender_id, found[-1].target_id, found[-1].stage) == (DOE, ROE, "imposition")
    assert all(text[event.start : event.end] == event.text for event in found)


# The labels.


def test_the_seed_agrees_with_the_labels(seed):
    kinds = seed.blocks.set_index("block_id")[["kind", "source"]]
    told_in = seed.sentences[seed.sentences["block_id"].map(kinds["kind"]).isin(["title", "body"])]
    registry = read_actors(ROOT / "seeds" / "actors.csv")
    side = sides(registry).of
    found, spans = set(), []
    for article_id, sentences in told_in.groupby("article_id"):
        mentions = seed.mentions[seed.mentions["article_id"] == article_id]
        quotes = seed.quotes[seed.quotes["article_id"] == article_id]
        rows = list(zip(sentences["start"], sentences["text"], strict=True))
        source = kinds.loc[sentences["block_id"].iloc[0], "source"]
        spans += [(source, start, start + len(text)) for start, text in rows]
        speakers = quotes["speaker_id"].astype(object).where(quotes["speaker_id"].notna(), None)
        for event in find_events(
            rows,
            list(map(Mentioned, mentions["start"], mentions["end"], mentions["actor_id"], mentions["kind"])),
            list(map(Said, quotes["start"], quotes["end"], quotes["kind"], speakers)),
            registry,
        ):
            place = max(start for start, _ in rows if start <= event.start)
            found.add((source, place, side.get(event.sender_id, event.sender_id), event.target_id, event.stage))
    labelled = set()
    with (ROOT / "tests" / "gold" / "sanction_events.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = int(row["start"])
            place = next(start for source, start, end in spans if source == row["source"] and start <= at < end)
            sender = side.get(row["sender_id"], row["sender_id"])
            labelled.add((row["source"], place, sender, row["target_id"], row["stage"]))
    assert len(labelled) == 26
    assert 2 * len(found & labelled) / (len(found) + len(labelled)) >= 0.95, (found - labelled, labelled - found)
