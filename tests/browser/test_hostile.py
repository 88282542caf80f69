"""A corpus in which every field tries to run, load or open something: nothing does, in reports or notebooks."""

import csv
import json
import os
import subprocess
import sys

import pytest

from browser.conftest import NOTHING
from browser.jupyterlab import run_all, served, watched
from conftest import ROOT

AWAY = "http://127.0.0.1:9"  # nobody listens there, and asking for it would be seen
HOSTILE = [
    "<script>window.ran=1;alert(1)</script>",
    f'"><img src={AWAY}/a.png onerror="window.ran=1;alert(1)">',
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe><svg onload=alert(1)>",
    "javascript:alert(1) [a](javascript:alert(1)) <a href='javascript:alert(1)' autofocus onfocus=alert(1)>a</a>",
    f"![a]({AWAY}/b.png) <link rel=stylesheet href={AWAY}/c.css> <style>@import '{AWAY}/d.css'</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "\u202egnp.exe\u202c \u2066a\u2069 \x07\x1b[31m\x7f \ufeff\u200b",
    f'=HYPERLINK("{AWAY}/e","a") +1 -1 @SUM(1)',
    "$\\href{javascript:alert(1)}{a}$ `b` *c* {{7*7}} ${d} %s <!-- --> ]]>",
    f"</td></table></main><base href={AWAY}/><meta http-equiv=refresh content='0;url={AWAY}/f'>",
]
TEXT = (
    "Lithuania imposed sanctions on Doeland on Monday, and {0} urged it to lift them.\n\n"
    "“We must respond to {0},” Ann Poe said. Doeland’s “{0}” is closed.\n\n"
    "Police in Vilnius said at least 6,700 people {0} had been detained, hundreds of them beaten. "
    "The terrible {0} was arrested on Sunday."
)


def write_corpus(folder):
    """Write records, a text file with a name of that kind, and a registry with such an actor."""
    (folder / "articles").mkdir(parents=True)
    fields = ({"id": odd, "title": f"{odd} Bridge {n}", "agency": odd, "url": odd} for n, odd in enumerate(HOSTILE))
    records = [
        json.dumps({**field, "text": TEXT.format(odd), "date": odd if n % 5 == 4 else f"2020-09-{n + 1:02}"})
        for n, (field, odd) in enumerate(zip(fields, HOSTILE, strict=True))
    ]
    (folder / "articles" / "a.jsonl").write_text("\n".join(records), encoding="utf-8")
    named = folder / "articles" / "<img src=x onerror=alert(1)> &amp; ='a'.txt"
    texts = (f"A Bridge {odd.replace(chr(7), '')}\n\n{TEXT.format(odd)}" for odd in HOSTILE)
    named.write_text("\n\n\n\n".join(texts) + "\n", encoding="utf-8")
    with (ROOT / "seeds" / "actors.csv").open(encoding="utf-8", newline="") as read:
        known = list(csv.DictReader(read))
    with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, known[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(known)
        for n, alias in enumerate(("Doeland", "Ann Poe")):
            name = f"{alias} {HOSTILE[n]}"
            writer.writerow(
                {**dict.fromkeys(known[0], HOSTILE[0]), "actor_id": f"odd-{n}", "name": name, "alias": alias}
                | {"type": "person", "kind": "name", "country": "", "valid_from": "", "valid_to": "", "camp": name}
            )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The corpus, and what was built of it."""
    corpus, out = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("built")
    write_corpus(corpus)
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "build", "--corpus", corpus, "--out", out],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")},
        capture_output=True,
        text=True,
        timeout=1200,
    )
    assert done.returncode == 0, done.stderr
    return corpus, out


def test_no_page_and_no_figure_runs_loads_or_opens_anything(opened, built):
    pages = sorted((built[1] / "reports").glob("*.html"))
    assert len(pages) > 6
    for path in pages:
        page, watch = opened(path)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        page.mouse.move(600, 450)
        page.wait_for_timeout(100)
        assert watch.seen() == NOTHING and page.evaluate("window.ran") is None, path.name
        assert page.url == path.as_uri()
        hrefs = page.evaluate("[...document.links].map(link => link.protocol)")
        assert set(hrefs) <= {"file:", "https:"}, path.name
    for path in sorted((built[1] / "figures").glob("*.svg")):
        page, watch = opened(path)
        assert page.evaluate("document.documentElement.nodeName") == "svg", path.name
        assert page.locator("parsererror").count() == 0, path.name
        assert watch.seen() == NOTHING and page.evaluate("window.ran") is None, path.name
    assert "<script>window.ran=1" in "".join(opened(path)[0].locator("body").inner_text() for path in pages)


@pytest.mark.parametrize("name", ["01-actor-mentions.ipynb"])
def test_no_notebook_runs_loads_or_opens_anything(chromium, built, tmp_path, name):
    corpus, out = built
    environment = {"PYTHONPATH": str(ROOT), "ANALYSIS_CORPUS": str(corpus)}
    with served(out, tmp_path, **environment) as address:
        context = chromium.new_context(viewport={"width": 1400, "height": 1000})
        page = context.new_page()
        watch = watched(page, address)
        run = run_all(page, address, f"notebooks/{name}", project=out)
        assert [o for cell in run.cells for o in cell.get("outputs", []) if o.output_type == "error"] == []
        assert "Doeland &lt;script&gt;" in str(run) or "Doeland <script>" in page.locator("body").inner_text()
        assert watch.seen() == NOTHING and page.evaluate("window.ran") is None
        context.close()
