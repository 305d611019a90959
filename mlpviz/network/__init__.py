"""What is saved, shared and undone: one network with its numbers, as a small validated JSON document.

Refuses to know about screens and PyTorch. Every failure is a DocumentError of one sentence.
"""

from mlpviz.network.document import Document
from mlpviz.network.layer import DocumentPin, Layer
from mlpviz.network.view import View, parse_view
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.fields import Matrix, Row, Target
from mlpviz.schema.limits import LIMITS, Limits
from mlpviz.schema.link import from_link, to_link
from mlpviz.schema.registry_choice import RegistryChoice

__all__ = [
    "LIMITS",
    "Document",
    "DocumentError",
    "DocumentPin",
    "Layer",
    "Limits",
    "Matrix",
    "RegistryChoice",
    "Row",
    "Target",
    "View",
    "from_link",
    "parse_view",
    "to_link",
]
