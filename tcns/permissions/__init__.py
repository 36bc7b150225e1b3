"""Who may do what, and where: the vocabulary, the scope, the guards."""
