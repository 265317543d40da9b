"""Finds the shared test data: real mail and test vectors that nobody here wrote, in `../shared` beside the checkout.

A test that needs them is skipped where they are missing (a plain checkout) and fails where CI=true: there they must be.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
REASON = "the shared test data (../shared) is not beside this checkout"


def shared_path(*parts: str) -> Path:
    """The file or folder `../shared/<parts>`; skips the calling test when it is missing, fails it in CI."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{REASON}: no {'/'.join(parts)}")
        pytest.skip(REASON)
    return path


def shared_files(folder: str, pattern: str = "**/*") -> list[Path]:
    """The files under `../shared/<folder>`, sorted; for parametrize, so empty (and no skip) when they are missing."""
    return sorted(path for path in SHARED.joinpath(folder).glob(pattern) if path.is_file())
