"""QTI: items of versions 2.1, 2.2 and 3.0, alone or in packages; out as a package of version 3.0."""
