"""Pictures of a graph for people: a self-contained interactive page in a file (``render``) or a notebook (``page``)."""

from kg.views.page import Page, page, render

__all__ = ["Page", "page", "render"]
