"""Files made aside and moved in together: what counts as made, what is left when a build stops."""

import pytest

from analysis.staging import FOLDER, NEW, digest, staging


def make(folder, files, inputs="a", step="step", tidy=()):
    """Make one step unless it is made; return whether it was."""
    with staging(folder) as stage:
        is_made = stage.is_made(step, inputs)
        if not is_made:
            stage.put(step, inputs, files)
        stage.publish(tidy)
    return is_made


def test_what_is_made_is_made_once(tmp_path):
    assert not make(tmp_path, {"out/a.txt": b"one"})
    assert make(tmp_path, {"out/a.txt": b"never"})
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"one"


@pytest.mark.parametrize("change", ["inputs", "changed", "gone", "record"])
def test_a_step_is_made_again(tmp_path, change):
    make(tmp_path, {"out/a.txt": b"one"})
    if change == "changed":
        (tmp_path / "out" / "a.txt").write_bytes(b"by hand")
    elif change == "gone":
        (tmp_path / "out" / "a.txt").unlink()
    elif change == "record":
        (tmp_path / FOLDER / "made.json").write_text("[", encoding="utf-8")
    assert not make(tmp_path, {"out/a.txt": b"two"}, inputs="b" if change == "inputs" else "a")
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"two"


def test_nothing_changes_before_it_is_published(tmp_path):
    make(tmp_path, {"out/a.txt": b"one"})
    with pytest.raises(RuntimeError), staging(tmp_path) as stage:
        stage.put("step", "b", {"out/a.txt": b"two", "out/b.txt": b"two"})
        assert stage.path("out/a.txt").read_bytes() == b"two"
        raise RuntimeError
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.txt"]
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"one"
    assert not (tmp_path / FOLDER / NEW).exists()


def test_what_is_no_longer_made_is_taken_away_and_other_files_stay(tmp_path):
    make(tmp_path, {"out/a.txt": b"one", "out/b.txt": b"one"})
    (tmp_path / "out" / "note.md").write_bytes(b"mine")
    make(tmp_path, {"out/a.txt": b"two"}, inputs="b", tidy=["out"])
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.txt", "note.md"]


def test_steps_that_this_build_does_not_make_stay_known(tmp_path):
    make(tmp_path, {"a.txt": b""}, step="one")
    make(tmp_path, {"b.txt": b""}, step="two")
    assert make(tmp_path, {}, step="one") and make(tmp_path, {}, step="two")


def test_what_a_killed_build_left_is_no_part_of_the_next(tmp_path):
    left = tmp_path / FOLDER / NEW / "out"
    left.mkdir(parents=True)
    (left / "a.txt").write_bytes(b"half")
    with staging(tmp_path) as stage:
        assert not stage.path("out/a.txt").exists()


def test_a_digest_tells_parts_apart():
    assert digest("ab", "c") != digest("a", "bc") and digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
