"""Deploy keys: a pair of keys that opens one repository of one host, and nothing else.

In: a comment. Out: an ed25519 pair as text. The private half is on the disk only while it is made,
in a folder that only we can read.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from lookalike.git.commands import PATH, CommandFailed, run


def new_deploy_key(comment: str) -> tuple[str, str]:
    """A new pair: the private key as text for a file, and the one line of the public key.

    Raises CommandFailed if the programs of ssh are not installed.
    """
    plain = re.sub(r"[^A-Za-z0-9._@-]+", "-", comment)[:100].strip("-") or "lookalike"
    with tempfile.TemporaryDirectory(prefix="lookalike-key-") as folder:
        # The name of the file is relative to the folder, the phrase empty: a server uses the key.
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", plain, "-f", "key"]
        done = run(command, Path(folder), {"PATH": PATH, "LC_ALL": "C"}, b"", 30)
        if done.code != 0:
            raise CommandFailed(done.words or "`ssh-keygen` made no key")
        private = (Path(folder) / "key").read_text("ascii")
        public = (Path(folder) / "key.pub").read_text("ascii")
    return private, public.strip()
