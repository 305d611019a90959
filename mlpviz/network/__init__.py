"""One network with its numbers as a small validated JSON document, which is saved, shared, edited and undone.

Every failure is a DocumentError of one sentence.
"""

from mlpviz.network.document import Document
from mlpviz.network.layer import DocumentPin, Layer
from mlpviz.network.view import View, parse_view
from mlpviz.schema.errors import DocumentError
from mlpviz.schema.fields import Matrix, Row, Target
from mlpviz.schema.limits import DOCUMENT_LIMITS
from mlpviz.schema.registry_choice import RegistryChoice

__all__ = [
    "DOCUMENT_LIMITS",
    "Document",
    "DocumentError",
    "DocumentPin",
    "Layer",
    "Matrix",
    "RegistryChoice",
    "Row",
    "Target",
    "View",
    "parse_view",
]
