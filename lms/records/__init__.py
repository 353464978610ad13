"""Learning records: what signed-in people do, as xAPI statements told under a pseudonym. It only listens."""
