"""Learns `likeness.weights` anew (`python -m tests.policy.likeness`), or says how well it does on what it did not see.

`python -m tests.policy.likeness --apart` learns once without each set and reads that set: what is printed are figures
for texts that were not learned from, nor written after them, as decisions 0038 and 0044 have them. Every ninth case
and every fourteenth reply are not counted: who wrote the blocks "after a glance" had read them.
"""

import sys
from pathlib import Path

import mailbridge.policy.likeness
from mailbridge.policy.likeness import packed
from tests.policy.likeness.learning import SETS, examples, ham, learn, read_of_nobody

#: allowed of all honest replies
_FALSE_ALARMS = (0, 1, 2, 3, 4, 6)


def _learn() -> None:
    learned = learn(examples(SETS, ham()))
    file = Path(mailbridge.policy.likeness.__file__).with_name("likeness.weights")
    file.write_bytes(packed(learned.weights, learned.bias))
    print(f"{file}: {file.stat().st_size} octets")


def _apart() -> None:
    found: dict[str, list[float]] = {}
    replies: list[float] = []
    mails: list[float] = []
    for name in SETS:
        learned = learn(examples([other for other in SETS if other != name], ham()[::2], unread=True))
        found[name] = [learned.score(case["text"]) for case in read_of_nobody("obfuscated", name)]
        replies += [learned.score(reply["text"]) for reply in read_of_nobody("honest", name)]
        mails += map(learned.score, ham()[1::2])
    for number in _FALSE_ALARMS:
        least = sorted(replies)[-1 - number]
        shares = {
            name: f"{100 * sum(score > least for score in scores) / len(scores):.0f} %"
            for name, scores in found.items()
        }
        stopped = sum(score > least for score in mails) / len(SETS)
        print(
            f"{number} of {len(replies)} above {least:.2f}: {shares}; {stopped:.1f} of {len(ham()[1::2])} mails of ham"
        )


if __name__ == "__main__":
    (_apart if "--apart" in sys.argv else _learn)()
