"""Facts ⇄ RDF, and the store that keeps it: terms, claims, derived graphs, the embedded Oxigraph store."""
