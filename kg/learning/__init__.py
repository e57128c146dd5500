"""Gold articles → weights of the learned extractor. All but reading the articles needs the extra ``train`` (torch)."""
