"""`python -m edc_microcred.cli`."""

from edc_microcred.cli import main

main()
