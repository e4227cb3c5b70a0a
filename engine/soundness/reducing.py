"""Reducing: a skeleton made smaller, step by step, so that it is sound exactly when it was before.

What is well nested disappears altogether; only what is tangled is left for the prover, whose work grows with every
branch that runs beside another.
"""

from engine.soundness.skeleton import Skeleton


def reduce(skeleton: Skeleton) -> None:
    """Apply the rules until none applies any more."""
    while _pass_through(skeleton) or _fuse(skeleton) or _doubled(skeleton) or _circle(skeleton):
        pass


def _pass_through(skeleton: Skeleton) -> bool:
    """Leave out a node with one way in and one way out."""
    for key, kind in skeleton.nodes.items():
        sources, targets = skeleton.into(key), skeleton.out_of(key)
        if kind not in ("start", "end") and len(sources) == len(targets) == 1 and key not in (*sources, *targets):
            _remove(skeleton, key)
            skeleton.flows.append((sources[0], targets[0]))
            return True
    return False


def _fuse(skeleton: Skeleton) -> bool:
    """Make one of two choices, or of two forks, where the first leads to nothing else or the second comes from nothing else."""
    for source, target in skeleton.flows:
        alike = source != target and skeleton.nodes[source] == skeleton.nodes[target]
        alone = len(skeleton.out_of(source)) == 1 or len(skeleton.into(target)) == 1
        if not alike or skeleton.nodes[source] not in ("choice", "fork") or not alone:
            continue
        if skeleton.nodes[source] == "fork" and not _plain(skeleton, source, target):
            continue
        skeleton.flows.remove((source, target))
        skeleton.flows = [(source if a == target else a, source if b == target else b) for a, b in skeleton.flows]
        del skeleton.nodes[target]
        return True
    return False


def _plain(skeleton: Skeleton, source: str, target: str) -> bool:
    """Say whether two forks only join or only part, so that one of them waits for what both wait for."""
    joins = len(skeleton.out_of(source)) == 1
    parts = len(skeleton.into(target)) == 1
    return (joins and len(skeleton.out_of(target)) == 1) or (parts and len(skeleton.into(source)) == 1) or (joins and parts)


def _doubled(skeleton: Skeleton) -> bool:
    """Keep one of two flows between the same choices, or between the same forks."""
    for flow in skeleton.flows:
        source, target = flow
        if skeleton.flows.count(flow) > 1 and skeleton.nodes[source] == skeleton.nodes[target] in ("choice", "fork"):
            skeleton.flows.remove(flow)
            return True
    return False


def _circle(skeleton: Skeleton) -> bool:
    """Leave out a way from a choice back to itself, as long as there is another way out."""
    for flow in skeleton.flows:
        source, target = flow
        if source == target and skeleton.nodes[source] == "choice" and len(set(skeleton.out_of(source))) > 1:
            skeleton.flows.remove(flow)
            return True
    return False


def _remove(skeleton: Skeleton, key: str) -> None:
    skeleton.flows = [flow for flow in skeleton.flows if key not in flow]
    del skeleton.nodes[key]
