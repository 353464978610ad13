"""A country that does not exist: as many students as one likes, in the universities of the data, and their answers.

What is written is what the platform would have written: attempts on the real bank, answers that its checkers marked,
results and abilities that its engine gave. Two shortcuts: an attempt follows one of hundreds of paths that the engine
really chose for somebody of that level, not one of its own; and nothing is told to the outbox (no statement, no
exposure, no count of items): figures are written at once instead, from the rows, as `rebuild_rollups` would.
"""
