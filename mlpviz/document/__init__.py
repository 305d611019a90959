"""What is saved, shared and undone: one network with its numbers, as a small validated JSON document.

Refuses to know about screens and PyTorch. Every failure is a DocumentError of one sentence.
"""

from mlpviz.document.choice import Choice
from mlpviz.document.errors import DocumentError
from mlpviz.document.fields import Matrix, Row, Target
from mlpviz.document.layer import Layer, Pin
from mlpviz.document.limits import LIMITS, Limits
from mlpviz.document.link import from_link, to_link
from mlpviz.document.model import Document
from mlpviz.document.view import View, parse_view

__all__ = [
    "LIMITS",
    "Choice",
    "Document",
    "DocumentError",
    "Layer",
    "Limits",
    "Matrix",
    "Pin",
    "Row",
    "Target",
    "View",
    "from_link",
    "parse_view",
    "to_link",
]
