"""`./demo`: production's code on one machine, with the Visite strip that enters as each role."""

from .local import *

DEMO = True
