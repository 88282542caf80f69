"""JupyterLab as a reader opens it, with folders of its own: a server, and a notebook run to its end."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import nbformat

from browser.conftest import Watch

STARTED, SETTLED, RUN, RUN_AGAIN = 120, 2, 60, 240  # seconds; a machine may be busy
HAVE_RUN = r"[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(p => /\[\d+\]/.test(p.textContent))"
SETTINGS = {
    "config/labconfig/page_config.json": {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}},
    # All cells are drawn, not only those in sight.
    "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
}


@contextmanager
def served(project, folder, **environment):
    """Serve a project's folder, with all that JupyterLab keeps below `folder`; gives the address."""
    for name, content in SETTINGS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = ["--no-browser", f"--port={port}", "--allow-root", f"--ServerApp.root_dir={project}"]
    options += ["--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1"]
    log = folder / "log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
                "JUPYTER_CONFIG_DIR": str(folder / "config"),
                "JUPYTER_DATA_DIR": str(folder / "data"),
                "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
                "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
                "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(address + "/api", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def _wait_for(url, server, log):
    until = time.monotonic() + STARTED
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-2000:]}")


def watched(page, address):
    """Watch a page for what leaves the server and for errors; JupyterLab talks in the console otherwise."""
    at_home = (address, address.replace("http", "ws"), "data:", "blob:")
    return Watch(page, lambda url: url.startswith(at_home), kinds=("error",))


def copy_cleared(path, copy):
    """Copy a notebook without outputs and numbers, so that what is seen later has been run."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, copy)


def run_all(page, address, path, *, project):
    """Open a notebook, run all of its cells from the menu, save it, and return it as saved."""
    from playwright.sync_api import TimeoutError

    try:
        _run_from_menu(page, address, path, seconds=RUN)
    except TimeoutError:
        # On a busy machine the page may connect anew while cells run, and never hear of their end.
        _run_from_menu(page, address, path, seconds=RUN_AGAIN)
    with page.expect_response(lambda answer: answer.request.method == "PUT" and path in answer.url):
        page.keyboard.press("Control+s")
    return nbformat.read(project / path, as_version=4)


def _run_from_menu(page, address, path, *, seconds):
    page.goto(f"{address}/lab/tree/{path}?reset", timeout=STARTED * 1000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=STARTED * 1000)
    page.wait_for_timeout(SETTLED * 1000)
    page.click(".jp-CodeCell .jp-InputArea-editor")
    page.click('.lm-MenuBar-itemLabel:text-is("Run")')
    page.click('.lm-Menu-item[data-command="runmenu:run-all"]')
    page.wait_for_function(HAVE_RUN, timeout=seconds * 1000)
