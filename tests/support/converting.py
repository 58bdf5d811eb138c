"""converting.py: a judgement, and what is made of its saved result, beside each other."""
# SPDX-License-Identifier: Apache-2.0
import os

import formats

FORMATS = ['json', 'csv', 'github', 'gitlab', 'html', 'intoto', 'junit', 'markdown', 'oscal', 'sarif', 'tap']
FRAMED = 'html'  # shows lines of the snapshot, as the text report does


def outputs(folder, stem):
    """The options of a call that writes every format, the text to standard output."""
    return ['-o', 'text'] + [word for name in FORMATS
                             for word in ('-o', '%s:%s' % (name, os.path.join(folder, stem + '.' + name)))]


def read(folder, stem, name):
    with open(os.path.join(folder, stem + '.' + name), 'rb') as file:
        return file.read()


def is_frame(line):
    """A line of the snapshot under a finding: `   12 | ...`, its caret, or the value instead."""
    return line.strip().startswith(('value: ', '\u5024\uff1a')) or line.split(' |')[0].strip(' 0123456789') == '' and ' |' in line


def without_frames(text):
    return [line for line in text.decode().split('\n') if not is_frame(line)]


TAKEN_ALONG = {'--lang': 1, '--quiet': 0, '--baseline': 1, '--pack': 1}  # what convert has to be told again


def told_again(options):
    """The options that decide how a report looks, and nothing of what is judged."""
    return [word for i, option in enumerate(options) if option in TAKEN_ALONG
            for word in options[i:i + 1 + TAKEN_ALONG[option]]]


def expected_lines(options):
    """What check says on standard error under these options."""
    return [line for option, line in (('--config', b'settings of'), ('--sandbox=off', b'without a sandbox'))
            if option in options]


def same_in_all(checks, arguments, folder, options=()):
    """Judges into every format, converts the JSON into every format, compares."""
    expect = checks.expect
    for name in os.listdir(folder):
        if name.startswith(('judged.', 'converted.')):
            os.remove(os.path.join(folder, name))
    status, text, err = checks.run([*options, *outputs(folder, 'judged'), *arguments])
    lines, err_lines = expected_lines(options), err.splitlines()
    if not expect(status in (0, 1) and text and len(lines) == len(err_lines) and
                  all(line in err for line in lines), arguments, options, status, err):
        return
    again = ['convert', *told_again([*options, *arguments])]
    saved = os.path.join(folder, 'judged.json')
    status, converted, err = checks.run([*again, *outputs(folder, 'converted'), saved])
    expect(status == 0 and not err, again, arguments, options, status, err)
    for name in FORMATS:
        expect(name == FRAMED or read(folder, 'judged', name) == read(folder, 'converted', name),
               name, 'differs', arguments, options)
    expect(without_frames(text) == without_frames(converted), 'text differs', arguments, options)
    beside = []
    for word in arguments:
        if os.path.isfile(os.path.join(formats.SOURCE, word)):
            beside += ['--snapshot', word]
    status, converted, err = checks.run([*again, *beside, '-o', 'text', '-o',
                                         '%s:%s' % (FRAMED, os.path.join(folder, 'converted.' + FRAMED)), saved])
    expect(status == 0 and not err and text == converted, 'frames differ', arguments, options, err)
    expect(read(folder, 'judged', FRAMED) == read(folder, 'converted', FRAMED), FRAMED, 'differs', arguments, options)


# ---- waivers ----

def waiver(number, control, **more):
    return {'id': 'W-%d' % number, 'control': control, 'reason': '\u7406\u7531 %d' % number, 'owner': 'o',
            'approver': 'a', 'expires': '2027-01-31', 'zone': 'Asia/Tokyo', **more}


# Rules as a whole, in part, as unknown, out of force, and what is remarked upon; one for nobody here.
ASKED_WAIVERS = [
    {'waivers': [waiver(1, '9.2.3'), waiver(2, '9.2.3', status=['fail', 'unknown']),
                 waiver(3, '10.1.1', status='unknown', approver='o'), waiver(4, '9.2.3', expires='2020-01-01'),
                 waiver(5, '99.1'), waiver(6, '9.2.3', rule='no-such'),
                 waiver(7, '12.4.1', tenant='nobody'), waiver(8, '12.4.1', expires='9999-12-31', zone='UTC')]},
    {'waivers': [waiver(1, '9.2.3', scope={'value': False}),
                 waiver(2, '9.2.3', scope={'pointer': ''}, status=['fail', 'unknown']),
                 waiver(3, '9.4.1', scope={'subject': 'x[0]\u202e\u001b', 'value': '\u202e\u009b'})]},
    {'waivers': []},
]
