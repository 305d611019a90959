"""How large a document may be: every limit, once.

They keep one stranger's document from taking the server's memory or seconds of its time.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Upper bounds, each inclusive."""

    version: int = 1
    """the newest document version that this mlpviz reads"""
    layers: int = 32
    width: int = 1024
    """units of a layer, and features of x"""
    samples: int = 64
    parameters: int = 50_000
    """weights and biases of the whole network"""
    pins: int = 1_000
    magnitude: float = 1e300
    """of any number: above it a single product overflows"""
    name: int = 80
    """characters"""
    text: int = 2_000_000
    """bytes of a document as JSON"""
    pasted: int = 500_000
    """characters of a pasted matrix"""
    link: int = 16_000
    """characters; browsers and proxies cut longer addresses"""
    updates: int = 1_000
    """steps of the optimizer in one edit"""
    update_work: int = 200_000_000
    """updates times parameters times samples in one edit: about a second"""
    walk: int = 300
    """steps of the optimizer that can be looked back at"""
    walk_numbers: int = 1_000_000
    """numbers in all of them together: 8 MB for one visitor at worst"""
    walk_link: int = 6_000
    """characters of them in an address, beside the document"""
    walk_file: int = 1_000_000
    """characters of them in a saved document"""
    undo: int = 500
    """steps that can be undone"""
    undo_parameters: int = 1_000_000
    """weights and biases over all undo steps: about 64 MB for one visitor at worst"""


LIMITS = Limits()
