"""Finding one's way among modules: the catalogue, its filters, the search inside modules, the glossary."""
