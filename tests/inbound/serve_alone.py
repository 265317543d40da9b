"""A listener in a process of its own, whose memory and descriptors can be looked at; ends when its input ends.

    python -m tests.inbound.serve_alone [--descriptors N] [--message-octets N]

Prints its port. Takes every mail and forgets it.
"""

import argparse
import resource
import sys
from datetime import timedelta

from typing_extensions import override

from mailbridge.domain.reply import ACCEPTED
from tests.inbound.door import Path, limits_of, open_door, settings_of


class Forgetful(Path):
    """Keeps nothing, so that what the process holds is the door's."""

    def __init__(self) -> None:
        super().__init__()
        self.envelopes = _Nothing()


class _Nothing(list):  # type: ignore[type-arg]  # a list of envelopes that stays empty
    @override
    def append(self, _: object) -> None:
        return


def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--descriptors", type=int)
    parser.add_argument("--message-octets", type=int, default=32 * 1024 * 1024)
    options = parser.parse_args()
    if options.descriptors:
        resource.setrlimit(resource.RLIMIT_NOFILE, (options.descriptors, options.descriptors))
    path = Forgetful()
    path.receive = lambda envelope: (ACCEPTED,) * len(envelope.forward_paths)
    limits = limits_of(message_octets=options.message_octets, threads=4)
    with open_door(path, settings_of(limits), grace=timedelta(seconds=1)) as door:
        print(door.places[0][1][1], flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
