"""Pictures of a graph for people: a self-contained interactive page in a file or a notebook."""

from kg.views.page import Page, page

__all__ = ["Page", "page"]
