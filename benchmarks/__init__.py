"""How fast the library is, beside other programs that do the same, in one run on one machine.

`python -m benchmarks.run [--only NAME] [--json FILE]`, or `make bench`. A subject is a module with a function
`measure(material, effort)` that yields a `Line` for each thing measured. What is compared is timed in turns, a block of
one and then a block of the other, so that a disturbance hits both; what is told is the median. The garbage collector
stays on. No test depends on speed.
"""
