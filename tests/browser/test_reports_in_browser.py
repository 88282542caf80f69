"""Every page of reports/ in a real browser: what it looks like there is what it was checked for.

Light and dark, wide and narrow, with everything unfolded: no finding of axe, nothing asked of a network,
nothing written to the console, no link into the void, nothing wider than the screen.
"""

from urllib.parse import unquote, urldefrag, urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.conftest import NOTHING
from conftest import ROOT

REPORTS = ROOT / "reports"
PAGES = sorted(REPORTS.glob("*.html"))
RULES = {"runOnly": {"type": "tag", "values": "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()}}
MEGABYTE = 1_000_000
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@every_page
def test_page_is_accessible_quiet_and_fits(opened, path, scheme, width):
    page, watch = opened(path, width=width, scheme=scheme, is_mobile=width < 500, has_touch=width < 500)
    assert page.evaluate(OVERFLOW) <= 0
    unfold(page)
    assert page.evaluate(OVERFLOW) <= 0
    result = Axe().run(page, options=RULES)
    assert result.violations_count == 0, result.generate_report()
    assert len(result.response["passes"]) > 20
    assert watch.seen() == NOTHING


@every_page
def test_page_at_400_percent_and_without_scripts_is_the_same(opened, path):
    page, _ = opened(path)
    # A window 1280 wide at 400 % is 320 wide, and low.
    zoomed, watch = opened(path, width=320, height=256, java_script_enabled=False)
    assert zoomed.evaluate(OVERFLOW) <= 0
    assert zoomed.locator("body").text_content() == page.locator("body").text_content()
    hidden = zoomed.evaluate(
        "[...document.querySelectorAll('h1, h2, main p, figure img')].filter(e => !e.getClientRects().length && !e.closest('details')).length"
    )
    assert hidden == 0 and watch.seen() == NOTHING


@every_page
def test_links_lead_somewhere(opened, path, anchors):
    page, _ = opened(path)
    links = page.evaluate("[...document.links].map(link => link.href)")
    assert links
    for link in links:
        place, fragment = urldefrag(link)
        if urlparse(place).scheme in ("http", "https", "mailto"):
            continue
        file = type(path)(unquote(urlparse(place).path))
        assert file.is_file() and ROOT in file.parents, link
        assert not fragment or unquote(fragment) in anchors(file), link


@pytest.fixture(scope="module")
def anchors():
    """The ids of a page, read once."""
    from bs4 import BeautifulSoup

    read = {}

    def ids(path):
        if path not in read:
            page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
            read[path] = {element["id"] for element in page.find_all(id=True)}
        return read[path]

    return ids


@every_page
def test_keyboard_stops_are_seen(opened, path):
    page, _ = opened(path, reduced_motion="reduce")  # else a stop is still on its way into sight
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();
                const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
                return on === document.body ? null : {
                    what: on.outerHTML.slice(0, 120),
                    seen: seen && (parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none")};
            }"""
        )
        if stop:
            stops.append(stop)
    assert 'class="skip"' in stops[0]["what"]
    assert len(stops) > 3
    assert [stop["what"] for stop in stops if not stop["seen"]] == []


@every_page
def test_page_prints(opened, path):
    page, watch = opened(path)
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator(".fold:visible, nav:visible").count() == 0
    assert watch.seen() == NOTHING


@every_page
def test_policy_stops_what_would_run_or_load(opened, path):
    page, watch = opened(path)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy
    page.evaluate(
        """() => {
            const put = (name, more) => document.body.append(Object.assign(document.createElement(name), more));
            put("script", {textContent: "window.ran = 1"});
            put("img", {src: "http://127.0.0.1:9/a.png"});
            document.body.insertAdjacentHTML("beforeend", "<p onclick='window.ran = 1' class=trap>");
            document.querySelector(".trap").click();
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert watch.dialogs == [] and len(watch.messages) >= 3
    assert all("Content Security Policy" in message for message in watch.messages)


def test_contents_lead_to_their_section_and_the_motion_can_be_off(opened):
    path = next(path for path in PAGES if path.name.startswith("0"))
    for motion, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        page, _ = opened(path, reduced_motion=motion)
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
    page, _ = opened(path, reduced_motion="reduce")
    page.locator("nav.contents a").last.click()
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900


def test_a_long_table_scrolls_by_itself_beneath_its_header(opened):
    found = 0
    for path in PAGES:
        page, _ = opened(path, height=500)
        unfold(page)
        found += page.evaluate(
            """() => [...document.querySelectorAll('.table')].filter(region => {
                region.scrollTop = 1000;
                if (!region.scrollTop) return false;
                const top = region.getBoundingClientRect().top, head = region.querySelector('thead th');
                if (Math.abs(head.getBoundingClientRect().top - top) > 2) throw new Error(region.ariaLabel);
                return true;
            }).length"""
        )
    assert found


def test_reports_are_small():
    sizes = {path.name: path.stat().st_size for path in REPORTS.iterdir()}
    assert [name for name, size in sizes.items() if size > MEGABYTE] == []
    assert sum(sizes.values()) < 6 * MEGABYTE
