"""Time spaCy on texts given as JSON on standard input: prints the name of what was timed and the seconds, as JSON.

Run by `bench.py` inside an environment that has spaCy. Where the small model `en_core_web_sm` is installed, that is
timed. Else a stand-in: tagger, parser and finder of names, shaped by spaCy's own template for small models, with as
many labels and with random weights. What it answers is worthless; how long it takes is not. The model has more to do:
it also finds lemmas and mends tags.
"""

from __future__ import annotations

import json
import random
import sys
import time
from typing import Any

import numpy as np
import spacy
from spacy.cli.init_config import init_config
from spacy.training import Example

N_TAGS, N_RELATIONS, N_KINDS = 50, 45, 18  # labels of the small model: parts of speech, dependencies, names
N_EXAMPLES = 60
N_CHARACTERS = 1_500  # of an example


def pipeline(texts: list[str]) -> tuple[str, Any]:
    """Return the small model, or what stands in for it, with its name."""
    try:
        return "spaCy, en_core_web_sm", spacy.load("en_core_web_sm")
    except OSError:
        return "spaCy, small model's shape", stand_in(texts)


def stand_in(texts: list[str]) -> Any:
    """Return a pipeline of the small model's shape with random weights; the texts only give it words to know."""
    config = init_config(lang="en", pipeline=["tagger", "parser", "ner"], optimize="efficiency")
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    random_ = random.Random(0)
    examples = [example(nlp.make_doc(text[:N_CHARACTERS]), random_) for text in texts[:N_EXAMPLES]]
    nlp.initialize(lambda: examples)
    numbers = np.random.default_rng(0)
    for part in ("parser", "ner"):
        # Weights of nought would choose the same step for ever.
        chooser = nlp.get_pipe(part).model.get_ref("upper")
        chooser.set_param("W", numbers.normal(size=chooser.get_param("W").shape).astype("float32"))
    return nlp


def example(doc: Any, random_: random.Random) -> Example:
    """Return labels for a text, chosen by chance, so that each label is known."""
    return Example.from_dict(
        doc,
        {
            "tags": [f"tag{random_.randrange(N_TAGS)}" for _ in doc],
            "heads": [max(0, place - 1) for place in range(len(doc))],
            "deps": ["ROOT", *(f"relation{random_.randrange(N_RELATIONS)}" for _ in doc[1:])],
            "entities": [f"U-kind{random_.randrange(N_KINDS)}" if random_.random() < 0.1 else "O" for _ in doc],
        },
    )


def main() -> None:
    texts = json.load(sys.stdin)
    name, nlp = pipeline(texts)
    start = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    print(json.dumps({"name": name, "seconds": time.process_time() - start}))


if __name__ == "__main__":
    main()
