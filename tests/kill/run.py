"""``python -m tests.kill.run --moments 300``: kill each deed at so many random moments and at every step it takes."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

from tests.kill.deeds import DEEDS
from tests.kill.harness import killed_after, killed_at_every_step, make_bench


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=300, help="random moments for each deed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deed", choices=DEEDS, action="append", help="only this one; may be given again")
    parser.add_argument("--no-steps", action="store_true", help="random moments only")
    wanted = parser.parse_args()
    chance = random.Random(wanted.seed)
    for name in wanted.deed or DEEDS:
        with tempfile.TemporaryDirectory() as place:
            bench = make_bench(DEEDS[name], Path(place))
            moments = (chance.random() * bench.seconds * 1.2 for _ in range(wanted.moments))
            random_ones = Counter(killed_after(bench, moment) for moment in moments)
            steps = Counter() if wanted.no_steps else Counter(left for _, left in killed_at_every_step(bench))
            print(
                f"{name} ({bench.seconds * 1000:.0f} ms): moments {dict(random_ones)}, steps {dict(steps)}", flush=True
            )


if __name__ == "__main__":
    main()
