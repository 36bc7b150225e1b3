"""Long work: carried out by a process of its own, with progress, while its starter goes on."""
