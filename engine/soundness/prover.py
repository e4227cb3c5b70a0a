"""The prover, a program of its own: reads models as a JSON list, writes what ``rust_bpmn_analyzer`` says of each.

It runs beside the engine because it holds on to its thread until it has finished, and stops without ceremony at what
it does not expect. Its memory and its time are limited.
"""

import contextlib
import json
import sys

LARGEST = 1024 * 1024 * 1024
LONGEST = 10


def main() -> None:
    """Answer for each model with the properties that do not hold."""
    import rust_bpmn_analyzer_bindings as prover

    questions = {
        "deadlock": prover.analyze_option_to_complete,
        "unsafe": prover.analyze_safeness,
        "twice": prover.analyze_proper_completion,
    }
    answers = []
    for model in json.load(sys.stdin):
        found = {name: ask(model) for name, ask in questions.items()}
        answers.append(
            {
                name: {"elements": said.problematic_elements, "example": json.loads(said.counter_example or "null")}
                for name, said in found.items()
                if not said.fulfilled
            }
        )
    json.dump(answers, sys.stdout)


def limit() -> None:
    """Take no more memory and time than a proof is worth, where the system lets itself be asked."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


if __name__ == "__main__":
    limit()
    main()
