"""Where skips are refused, a skipped test has failed, and only there; a known failure is none."""

import shutil
import subprocess
import sys

import pytest

from conftest import ROOT

SKIPPED = {
    "in the test": "def test_a():\n    pytest.skip('no such thing')\n",
    "by a mark": "@pytest.mark.skip(reason='no such thing')\ndef test_a():\n    pass\n",
    "by a fixture": "@pytest.fixture\ndef b():\n    pytest.skip('no such thing')\n\ndef test_a(b):\n    pass\n",
    "as a file": "pytest.skip('no such thing', allow_module_level=True)\n",
}
KNOWN = "@pytest.mark.xfail(reason='known')\ndef test_a():\n    assert False\n"


def outcome(folder, source, **environment):
    shutil.copy(ROOT / "conftest.py", folder)
    (folder / "test_a.py").write_text("import pytest\n\n" + source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout


@pytest.mark.parametrize("source", SKIPPED.values(), ids=SKIPPED)
def test_a_skip_fails_where_it_is_refused(tmp_path, source):
    code, said = outcome(tmp_path, source, REFUSE_SKIPS="1")
    assert code != 0 and "REFUSE_SKIPS is set" in said and "no such thing" in said


@pytest.mark.parametrize(("source", "environment"), [(KNOWN, {"REFUSE_SKIPS": "1"}), (SKIPPED["by a mark"], {})])
def test_a_known_failure_and_an_allowed_skip_do_not(tmp_path, source, environment):
    assert outcome(tmp_path, source, **environment)[0] == 0
