"""The drill: data, a backup, an erasure, a restore elsewhere, and the proof that the erased person is nowhere in it."""
