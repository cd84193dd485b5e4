"""Jobs on bytes of others: what comes back, and what becomes of a job that takes too much or dies."""

import time
from pathlib import Path

import pytest

from kbs_graph.errors import BadRequest, Forbidden, KbsError, TooLarge, Unavailable
from kbs_graph.sandbox import Limits, Sandbox

JOBS = """
import json, os, socket, sys, time
from pathlib import Path
from kbs_graph import sandbox
from kbs_graph.errors import Forbidden

def job(arguments, body):
    match arguments["do"]:
        case "upper":
            return body.upper()
        case "refuse":
            raise Forbidden("nee", "no")
        case "sleep":
            time.sleep(3600)
        case "memory":
            return bytes(1 << 30)
        case "deep":
            return json.dumps(json.loads("[" * 100_000)).encode()
        case "much":
            return bytes(3 << 20)
        case "die":
            os._exit(3)
        case "network":
            socket.create_connection(("127.0.0.1", 9))
        case "file":
            Path(arguments["path"]).write_bytes(body)

def prepare(arguments):
    match arguments.get("prepare"):
        case "refuse":
            raise Forbidden("nee", "no")
        case "break":
            raise ValueError(arguments["text"])
    return arguments

sandbox.serve(job, prepare)
"""


@pytest.fixture(autouse=True)
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jobs_of_this_test.py").write_text(JOBS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def run(do: str, body: bytes = b"", limits: Limits | None = None, **more: str) -> bytes:
    return Sandbox(limits).run("jobs_of_this_test", {"do": do, **more}, body)


def test_an_answer_comes_back_whole_also_when_both_sides_say_more_than_a_pipe_holds() -> None:
    assert run("upper", b"abc" * 1_000_000) == b"ABC" * 1_000_000
    assert run("upper") == b""


def test_an_error_for_people_comes_back_as_the_same_error() -> None:
    with pytest.raises(KbsError) as caught:
        run("refuse")
    assert caught.type.__name__ == "Forbidden" and caught.value.words.nl == "nee" and caught.value.words.en == "no"


@pytest.mark.parametrize("body", [b"", b"x" * 3_000_000], ids=["nothing", "much"])
def test_an_error_for_people_while_preparing_comes_back_as_the_same_error(body: bytes) -> None:
    with pytest.raises(Forbidden) as caught:
        run("upper", body, prepare="refuse")
    assert caught.value.words.nl == "nee" and caught.value.words.en == "no"


def test_a_fault_while_preparing_is_ours_and_only_its_place_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Unavailable) as caught:
        run("upper", b"x" * 3_000_000, prepare="break", text="secret")
    assert "beschadigd" not in caught.value.words.nl and "damaged" not in caught.value.words.en
    assert "ValueError in jobs_of_this_test.py, line" in caplog.text and "secret" not in caplog.text


@pytest.mark.parametrize("do", ["memory", "die", "deep"])
def test_a_job_that_takes_too_much_or_dies_is_blamed_on_the_file(do: str) -> None:
    with pytest.raises(BadRequest):
        run(do, b"x" * 500_000, Limits(memory_mb=128))


@pytest.mark.parametrize("do", ["network", "file"])
def test_a_job_reaches_no_network_and_writes_no_file_and_only_the_place_of_the_fault_is_logged(
    do: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(BadRequest):
        run(do, b"secret", path=str(tmp_path / "written"))
    assert not (tmp_path / "written").exists() or not (tmp_path / "written").read_bytes()
    assert "Error in" in caplog.text and "secret" not in caplog.text


def test_a_job_over_time_is_ended_and_its_place_given_back() -> None:
    began = time.monotonic()
    run("upper", b"x")
    sandbox = Sandbox(Limits(seconds=max(3.0, 8 * (time.monotonic() - began)), places=1))
    with pytest.raises(Unavailable):
        sandbox.run("jobs_of_this_test", {"do": "sleep"})
    assert sandbox.run("jobs_of_this_test", {"do": "upper"}, b"x") == b"X"


def test_an_answer_that_is_too_large_is_refused() -> None:
    with pytest.raises(TooLarge):
        run("much", limits=Limits(output_mb=1))
