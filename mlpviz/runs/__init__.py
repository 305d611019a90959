"""Runs that people watch: up to eight networks that learn side by side, driven in slices of time.

A page holds one `Run` per session and drives it:

    run = Run.of(config)                         one network; Run.compare({label: config, ...}, choice) for up to eight
    run.play(); run.play(epochs=10)              learn until the plan is done, or so many epochs more
    run.tick()                                   learn for the run's time slice of one tick, if it is running
    run.advance(seconds)                         the same for so many seconds
    run.pause()                                  what was learned stays
    run.step(); run.epoch(); run.epoch(10)       one step at once; one epoch, ten epochs, then pause
    run.reset(); run.reset(new_weights=True)     back to the same weights, or to new ones
    run.set_hyperparameters(learning_rate=0.1)   any hyperparameter of the optimizer, from the next step on
    run.change(config)                           another way to train the same network, from here on
    run.show_checkpoint(epoch)                   show an earlier checkpoint; None for the newest state
    run.focus = 2                                the member that is shown in full
    run.state(2).checkpoint                      what a member has learned; run.progress.share for all of them

Learning on while an earlier checkpoint is shown begins a branch there. `run.status` is one of ready, running, paused,
done and failed; what can't be done raises RunError with a sentence for the user and leaves the run as it was.
"""

from mlpviz.runs.errors import RunError
from mlpviz.runs.member_state import CheckpointView
from mlpviz.runs.run import Run, Status
from mlpviz.runs.scheduler import SCHEDULER
from mlpviz.runs.warning_rules import WARNINGS

__all__ = ["SCHEDULER", "WARNINGS", "CheckpointView", "Run", "RunError", "Status"]
