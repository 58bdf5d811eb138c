"""programs_run.py: runs programs of luaprograms.py, in batches, with what is given for it."""
# SPDX-License-Identifier: Apache-2.0
import itertools
import os
import subprocess
import sys

import luaprograms

COUNT = int(os.environ.get('PE_PROGRAMS', '10000'))
SEED = int(os.environ.get('PE_SEED', '1'))
BATCH = 2000
SHOWN = 5


class Batch:
    def __init__(self, programs):
        self.path = os.path.abspath('programs.txt')
        self.programs = programs
        with open(self.path, 'w', encoding='ascii') as file:
            for program in programs:
                file.write('%d\n%s' % (len(program.text), program.text))


class Counts:
    def __init__(self):
        self.programs = self.refused = self.miscompiled = self.wrong = 0

    def complain(self, what, program, line):
        self.wrong += 1
        if self.wrong <= SHOWN:
            print('codecheck: %s: %s, and the answer is %s:\n%s' %
                  (what, line, program.answer, program.text))


def runner():
    return os.path.join(os.environ.get('PE_BUILD_DIR', 'build/release'), 'tests', 'support',
                        'run_programs')


def batches():
    made = luaprograms.make(SEED, COUNT)
    while programs := list(itertools.islice(made, BATCH)):
        yield Batch(programs)


def lines_of(command, batch):
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    lines = run.stdout.splitlines()
    if run.returncode != 0 or len(lines) != len(batch.programs):
        sys.exit('codecheck: %s ended with %d after %d of %d programs' %
                 (command[0], run.returncode, len(lines), len(batch.programs)))
    return lines
