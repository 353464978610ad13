"""Settings: `base` is production; `dev`, `demo` and `test` only loosen it. One concern per file in `parts`."""
