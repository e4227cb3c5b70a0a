"""Soundness: can a process always come to its end, whatever way it takes? Proved where that can be proved.

The proof is done by ``rust_bpmn_analyzer`` on a skeleton of the process: its paths without data, so that each way out of
a gateway is taken to be possible. Elements it cannot judge are named, and nothing is claimed of the scope they stand in.
"""

from engine.soundness.judging import Verdict, judge

__all__ = ["Verdict", "judge"]
