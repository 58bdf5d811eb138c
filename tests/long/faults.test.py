#!/usr/bin/env python3
"""faults.test.py: a failing machine: every allocation and every call of ten small runs fails.

Each allocation fails once, and from then on for ever; each other call fails once with each of
several errors, and moves one byte only where it reads or writes; in the parent and in its worker.
What may come of it is told in tests/support/faults.py. The counts are printed. A run of the built-in
pack, with its many allocations, is only sampled.
"""
# SPDX-License-Identifier: Apache-2.0
import os
import sys

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR',
                                        os.path.join(os.path.dirname(__file__), '..', '..')))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
from faults import run_sweeps  # noqa: E402

sys.exit(run_sweeps(1, 1, True))
