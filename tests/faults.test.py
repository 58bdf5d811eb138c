#!/usr/bin/env python3
"""faults.test.py: when a call of the system fails, the program says so, and never says "pass".

A part of tests/long/faults.test.py, which fails every call; under sanitizers, leaks count too.
"""
# SPDX-License-Identifier: Apache-2.0
import os
import sys

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR',
                                        os.path.join(os.path.dirname(__file__), '..')))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
from faults import is_sanitized, run_sweeps  # noqa: E402

MEMORY_STEP = 29  # every 29th allocation, from the first on
CALL_STEP = 3

SANITIZED = 5  # times as large the steps, since each run takes many times as long

factor = SANITIZED if is_sanitized(sys.argv[1]) else 1
sys.exit(run_sweeps(MEMORY_STEP * factor, CALL_STEP * factor))
