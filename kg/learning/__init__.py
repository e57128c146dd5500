"""Annotated articles → the weights of extraction: what ``kg train`` runs.

``gold`` reads the articles; ``names`` learns the recognizer of names and the weights that type them.
"""
