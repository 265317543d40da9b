"""Finds the data folders that ship with the package: `templates` and `rules`.

In a checkout they stand at the top of the repository; in an installed wheel they lie in `mailbridge/_data/`.
Reads nothing in them: what the files mean is the business of `texts` and `rulefiles`.
"""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: Literal["templates", "rules"]) -> Path:
    """The folder `name` as shipped with this very package.

    Raises FileNotFoundError when it is neither in the wheel nor in the checkout: the installation is broken.
    """
    candidates = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"package data folder {name!r} is in neither {candidates[0]} nor {candidates[1]}")
