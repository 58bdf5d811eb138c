#!/usr/bin/env python3
"""codecheck.test.py: no program that the code check accepts gives a wrong value.

Random programs, made to hit what Lua 5.4.4 compiles wrongly, run with this build's Lua after the
check; each must return what an evaluation without Lua says. Programs that are refused run too, to
see that the generator hits anything.

PE_PROGRAMS says how many (10,000), PE_SEED where to begin (1).
"""
# SPDX-License-Identifier: Apache-2.0
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import programs_run  # noqa: E402

runner = programs_run.runner()
batches = programs_run.batches()
counts = programs_run.Counts()
for batch in batches:
    checked = programs_run.lines_of([runner, 'check', batch.path], batch)
    unchecked = programs_run.lines_of([runner, 'any', batch.path], batch)
    for program, line, any_line in zip(batch.programs, checked, unchecked):
        counts.programs += 1
        counts.miscompiled += any_line != '=' + program.answer
        if line.startswith('-'):
            counts.refused += 1
        elif line != '=' + program.answer:
            counts.complain('accepted, and wrong', program, line)
print('codecheck: %d programs, %d refused; without the check %d would be wrong; accepted and '
      'wrong: %d' % (counts.programs, counts.refused, counts.miscompiled, counts.wrong))
if counts.refused > 0.9 * counts.programs:
    sys.exit('codecheck: too few programs were accepted to say anything')
sys.exit(counts.wrong > 0)
