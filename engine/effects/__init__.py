"""What the kernel says has happened, made into rows: one transition covers every instance that one action touches."""

from engine.effects.transition import Transition

__all__ = ["Transition"]
