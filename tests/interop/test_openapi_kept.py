"""What the OpenAPI description promises is what the server does: schemathesis asks every address in many ways."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
EACH = 10
"""Made-up requests for every operation, beside its examples and the edges of every parameter."""


@pytest.mark.slow
def test_every_answer_is_as_described(site: str, tmp_path: Path) -> None:
    here = Path(__file__).parent
    command = [Path(sys.executable).with_name("schemathesis"), "run", f"{site}/openapi.json?lang=en"]
    options = ["--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing", "--max-examples", str(EACH)]
    fixed = ["--generation-deterministic", "--workers", "1", "--max-redirects", "0", "--warnings", "off", "--no-color"]
    done = subprocess.run(
        [*command, *options, *fixed, "--continue-on-failure"],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(here)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
