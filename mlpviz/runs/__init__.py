"""Runs that people watch: up to eight networks that learn side by side, driven in slices of time.

Refuses to know what is drawn of them. A page holds one `Run` per session and drives it:

    run = Run.of(setup)                          one network; Run.compare({label: setup, ...}, choice) for up to eight
    run.play(); run.play(epochs=10)              learn until the plan is done, or so many epochs more
    run.tick()                                   learn for the run's fair share of one tick, if it is running
    run.advance(seconds)                         the same for so many seconds
    run.pause()                                  what was learned stays
    run.step(); run.epoch(); run.epoch(10)       one step at once; one epoch, ten epochs, then pause
    run.reset(); run.reset(new_weights=True)     back to the same weights, or to new ones
    run.turn(learning_rate=0.1)                  any knob of the optimizer, from the next step on
    run.change(setup)                            another way to train the same network, from here on
    run.travel(epoch); run.travel(None)          show a moment of the past; back to the newest
    run.focus = 2                                the lane that is shown in full

Learning on while a past moment is shown makes a branch there. `run.status` is one of ready, running, paused, done and
failed; what can't be done raises RunError with a sentence for the user and leaves the run as it was.
"""

from mlpviz.runs.errors import RunError
from mlpviz.runs.run import Run
from mlpviz.runs.run_status import CheckpointView, Status
from mlpviz.runs.scheduler import SCHEDULER
from mlpviz.runs.warning_log import WARNINGS

__all__ = ["SCHEDULER", "WARNINGS", "CheckpointView", "Run", "RunError", "Status"]
