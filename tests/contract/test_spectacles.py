"""spectacles, unmodified, as far as today's operations go: it connects, in both versions of the
API.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.contract.conftest import Server, client_python

pytestmark = pytest.mark.clients


@pytest.mark.parametrize(
    ("client", "flags"),
    [("spectacles-2.4", ["--no-looker-ci-warning"]), ("spectacles-2.2", ["--do-not-track"])],
)
def test_connect(server: Server, tmp_path: Path, client: str, flags: list[str]) -> None:
    command = Path(client_python(client)).with_name("spectacles")
    done = subprocess.run(
        [
            str(command), "connect", "--base-url", "http://127.0.0.1", "--port", str(server.port),
            "--client-id", server.client_id, "--client-secret", server.client_secret, *flags,
        ],
        cwd=tmp_path, env=server.settings(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Connected" in done.stdout + done.stderr
