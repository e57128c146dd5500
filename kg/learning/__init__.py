"""Gold articles → weights of extraction: of the network that reads links, and of the names (``kg.learning.names``).

What trains the network needs the extra ``train`` (torch); the names need spaCy alone.
"""
