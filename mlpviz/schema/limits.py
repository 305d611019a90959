"""Every limit of a document and of a training, once.

They keep one file or link from taking the server's memory, or more than seconds (a training: hours) of its time.
"""

from __future__ import annotations

from dataclasses import dataclass

MAGNITUDE = 1e300
"""of any number: above it a single product overflows"""
LINK = 16_000
"""characters of a link; browsers and proxies cut longer addresses"""


@dataclass(frozen=True)
class DocumentLimits:
    """Upper bounds of a document and of what is done with it, each inclusive."""

    version: int = 1
    """the newest document version that this mlpviz reads"""
    layers: int = 32
    width: int = 1024
    """units of a layer, and features of x"""
    samples: int = 64
    parameters: int = 250_000
    """weights and biases of the whole network"""
    numbers: int = 2_000_000
    """numbers that a sheet shows or needs: both passes, the update, and the derivatives of a softmax"""
    pins: int = 1_000
    ties: int = 200
    """groups of single places that share a number"""
    tied_places: int = 1_000
    """places of one group"""
    magnitude: float = MAGNITUDE
    name: int = 80
    """characters"""
    text: int = 8_000_000
    """bytes of a document as JSON"""
    pasted: int = 500_000
    """characters of a pasted matrix"""
    link: int = LINK
    link_text: int = 2_000_000
    """bytes of any JSON that a link unpacks to"""
    link_parameters: int = 20_000
    """weights and biases of a network that is tried as a link: of more, hardly any fits"""
    updates: int = 1_000
    """steps of the optimizer in one edit"""
    update_work: int = 200_000_000
    """updates times parameters times samples in one edit: about a second"""
    trajectory: int = 300
    """points of a trajectory"""
    trajectory_numbers: int = 1_000_000
    """numbers in all points of a trajectory: 8 MB for one visitor at worst"""
    trajectory_link: int = 6_000
    """characters of a trajectory in an address, beside the document"""
    trajectory_file: int = 1_000_000
    """characters of a trajectory in a saved document"""
    undo: int = 500
    """steps that can be undone"""
    undo_parameters: int = 1_000_000
    """weights and biases over all undo steps: about 64 MB for one visitor at worst"""
    kept_undo: int = 50
    """undo steps that a tab brings back to another server, and as many that can be redone"""
    kept_parameters: int = 100_000
    """weights and biases of these"""


@dataclass(frozen=True)
class TrainingLimits:
    """Upper bounds of a training config and of its data, each inclusive."""

    version: int = 1
    """the newest config version that this mlpviz reads"""
    layers: int = 64
    units: int = 4096
    """of one layer"""
    parameters: int = 4_000_000
    """weights, biases, gammas and betas of the whole network"""
    samples: int = 200_000
    features: int = 10_000
    numbers: int = 60_000_000
    """samples times features: half a gigabyte in float64"""
    points: int = 5_000
    """points clicked or drawn by hand"""
    batch_numbers: int = 20_000_000
    """samples of a batch times units of all layers: a pass keeps about four numbers of each, 0.6 GB in float64"""
    batch_work: int = 10_000_000_000
    """samples of a batch times parameters: two seconds or three on one processor"""
    measured_work: int = 50_000_000_000
    """samples of validation and test together times parameters, which are measured after each epoch: about as long"""
    epochs: int = 100_000
    batch_size: int = 200_000
    folds: int = 50
    name: int = 80
    """characters"""
    csv: int = 50_000_000
    """bytes of CSV text"""
    text: int = 60_000_000
    """characters of a config as JSON, with its CSV text in it"""
    run: int = 160_000_000
    """characters of a run as JSON, with its weights in it"""


DOCUMENT_LIMITS = DocumentLimits()
TRAINING_LIMITS = TrainingLimits()
