"""Print how many conformance cases pass, set by set, and the names of those that do not."""

import sys

from tests.conformance import bpmn, tck
from tests.conformance.cases import FOLDER, Case


def main() -> int:
    """Run both sets; where the cases are absent, say so."""
    if not FOLDER.is_dir():
        print(f"The conformance cases are not here ({FOLDER}). Set ZHENGGAI_CASES to their folder.")
        return 0
    sets: dict[str, list[Case]] = {"bpmn": list(bpmn.run(FOLDER / "bpmn")), "dmn-tck": list(tck.run(FOLDER / "dmn-tck"))}
    for name, cases in sets.items():
        print(f"{name}: {sum(not case.fault for case in cases)}/{len(cases)}")
    for name, cases in sets.items():
        for case in cases:
            if case.fault:
                print(f"{name} {case.name}: {case.fault}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
