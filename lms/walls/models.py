"""None of its own: Django tells that a migration ended to the applications that have a module of models."""
