"""A real browser, and what a page does in it that it should not."""

import os
import shutil

import pytest

# Fewer background requests of its own, and no sandbox where a machine lets nobody make one.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()


def chromium_path():
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


class Watch:
    """What a page asked for, wrote and opened: `requests` outside of it, `messages`, `dialogs`."""

    def __init__(self, page, at_home, *, kinds=None):
        """`at_home` tells addresses that may be asked for; of messages only `kinds` are kept, or all."""
        self.requests, self.messages, self.dialogs = [], [], []
        page.on("request", lambda request: at_home(request.url) or self.requests.append(request.url))
        page.on("console", lambda m: (not kinds or m.type in kinds) and self.messages.append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda error: self.messages.append(f"uncaught: {error}"))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: self.dialogs.append(f"window: {popup.url}"))
        page.on("download", lambda download: self.dialogs.append(f"download: {download.url}"))

    def seen(self):
        return {"requests": self.requests, "messages": self.messages, "dialogs": self.dialogs}


NOTHING = {"requests": [], "messages": [], "dialogs": []}


# Not for the session: as long as it lives, an event loop runs that other tests' kernels would trip over.
@pytest.fixture(scope="module")
def chromium():
    path = chromium_path()
    if not path:
        pytest.skip("no Chromium here: install it, or name it with CHROMIUM=…")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium):
    """Open a file in a browser window of its own: (page, what it did that it should not)."""
    contexts = []

    def open_file(path, *, width=1280, height=900, scheme="light", **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        uri = path.resolve().as_uri()
        watch = Watch(page, lambda url: url == uri or url.startswith("data:"))
        page.goto(uri)
        return page, watch

    yield open_file
    for context in contexts:
        context.close()
