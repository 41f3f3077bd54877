"""A state as linked data, in the words of the W3C Organization Ontology."""

from bianzhi.files.jsonld.document import document

__all__ = ["document"]
