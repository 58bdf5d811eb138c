"""luaprograms.py: random small Lua programs, with what each of them must return.

They are made of what a compiler may get wrong: tables of an outer function indexed by comparisons,
and/or/not whose values are used, bitwise and other operators with constants on either side, as many
constants as an instruction can just not name any more, loops with break, goto and closures. The
right answer comes from evaluating the same tree here, so no Lua is needed to know it. The same seed
gives the same programs.
"""
# SPDX-License-Identifier: Apache-2.0
import random

MASK = (1 << 64) - 1
STEPS = 3000  # of one program, all its loops together


class LuaError(Exception):
    pass


class Break(Exception):
    pass


class Continue(Exception):
    pass


def wrap(number):
    number &= MASK
    return number - (1 << 64) if number >> 63 else number


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def truth(value):
    return value is not None and value is not False


def shift_left(a, b):
    if b <= -64 or b >= 64:
        return 0
    return wrap((a & MASK) << b if b >= 0 else (a & MASK) >> -b)


INTEGER_OPS = {
    '+': lambda a, b: wrap(a + b),
    '-': lambda a, b: wrap(a - b),
    '*': lambda a, b: wrap(a * b),
    '//': lambda a, b: wrap(a // b),
    '%': lambda a, b: wrap(a % b),
    '&': lambda a, b: wrap(a & b),
    '|': lambda a, b: wrap(a | b),
    '~': lambda a, b: wrap(a ^ b),
    '<<': shift_left,
    '>>': lambda a, b: shift_left(a, -b),
}
ORDER_OPS = {
    '<': lambda a, b: a < b,
    '<=': lambda a, b: a <= b,
    '>': lambda a, b: a > b,
    '>=': lambda a, b: a >= b,
}
LEVELS = {'or': 1, 'and': 2, '<': 3, '<=': 3, '>': 3, '>=': 3, '==': 3, '~=': 3, '|': 4, '~': 5,
          '&': 6, '<<': 7, '>>': 7, '..': 9, '+': 10, '-': 10, '*': 11, '//': 11, '%': 11}
UNARY = 12


def key_of(value):
    """True and 1 are two keys in Lua, and one in Python."""
    return (type(value).__name__, value)


def equal(a, b):
    return type(a) is type(b) and a == b


# ---- expressions: trees that can be written and evaluated ----

class Const:
    def __init__(self, value):
        self.value = value
        self.level = UNARY if is_int(value) and value < 0 else 20

    def text(self, _):
        if self.value is None:
            return 'nil'
        if isinstance(self.value, bool):
            return 'true' if self.value else 'false'
        if isinstance(self.value, str):
            return '"' + self.value + '"'
        return str(self.value)

    def value_in(self, _):
        return self.value


class Name:
    level = 20

    def __init__(self, name):
        self.name = name

    def text(self, _):
        return self.name

    def value_in(self, scope):
        return scope.cell(self.name)[0]


class Index:
    level = 20

    def __init__(self, table, key):
        self.table, self.key = table, key

    def text(self, rnd):
        if isinstance(self.key, Const) and isinstance(self.key.value, str) and rnd.random() < 0.7:
            return '%s.%s' % (self.table.text(rnd), self.key.value)
        return '%s[%s]' % (self.table.text(rnd), self.key.text(rnd))

    def value_in(self, scope):
        table, key = self.table.value_in(scope), self.key.value_in(scope)
        if not isinstance(table, dict):
            raise LuaError
        return table.get(key_of(key))


class Unary:
    level = UNARY

    def __init__(self, op, operand):
        self.op, self.operand = op, operand

    def text(self, rnd):
        inner = written(self.operand, UNARY, rnd)
        space = ' ' if self.op == 'not' or inner.startswith(self.op) else ''
        return self.op + space + inner

    def value_in(self, scope):
        value = self.operand.value_in(scope)
        if self.op == 'not':
            return not truth(value)
        if self.op == '#' and isinstance(value, str):
            return len(value)
        if not is_int(value):
            raise LuaError
        return wrap(-value if self.op == '-' else ~value)


class Binary:
    def __init__(self, op, left, right):
        self.op, self.left, self.right = op, left, right
        self.level = LEVELS[op]

    def text(self, rnd):
        right = self.op == '..'  # the one that is right associative
        left_text = written(self.left, self.level + right, rnd)
        right_text = written(self.right, self.level + (not right), rnd)
        if left_text[-1].isdigit() and self.op == '..':
            left_text += ' '
        return '%s %s %s' % (left_text, self.op, right_text)

    def value_in(self, scope):
        left = self.left.value_in(scope)
        if self.op == 'and':
            return self.right.value_in(scope) if truth(left) else left
        if self.op == 'or':
            return left if truth(left) else self.right.value_in(scope)
        return apply_op(self.op, left, self.right.value_in(scope))


def apply_op(op, left, right):
    if op == '==':
        return equal(left, right)
    if op == '~=':
        return not equal(left, right)
    integers = is_int(left) and is_int(right)
    if op in ORDER_OPS:
        if integers or (isinstance(left, str) and isinstance(right, str)):
            return ORDER_OPS[op](left, right)
        raise LuaError
    if op == '..':
        if all(is_int(v) or isinstance(v, str) for v in (left, right)):
            return '%s%s' % (left, right)
        raise LuaError
    if not integers or (op in ('//', '%') and right == 0):
        raise LuaError
    return INTEGER_OPS[op](left, right)


class Call:
    """Of a function that takes nothing: a closure that was kept in a local."""
    level = 20

    def __init__(self, function):
        self.function = function

    def text(self, rnd):
        return self.function.text(rnd) + '()'

    def value_in(self, scope):
        function = self.function.value_in(scope)
        if not isinstance(function, Closure):
            raise LuaError
        return function.body.value_in(function.scope)


class Closure:
    def __init__(self, body, scope):
        self.body, self.scope = body, scope


class Function:
    level = 20

    def __init__(self, body):
        self.body = body

    def text(self, rnd):
        return 'function() return %s end' % self.body.text(rnd)

    def value_in(self, scope):
        return Closure(self.body, scope)


def written(tree, level, rnd):
    """In parentheses where it must be, and sometimes where it need not be."""
    text = tree.text(rnd)
    if tree.level < level or rnd.random() < 0.15:
        return '(%s)' % text
    return text


# ---- statements ----

class Scope:
    def __init__(self, outer=None):
        self.outer, self.cells = outer, {}
        self.steps = outer.steps if outer else [0]

    def cell(self, name):
        scope = self
        while name not in scope.cells:
            scope = scope.outer
        return scope.cells[name]

    def step(self):
        self.steps[0] += 1
        if self.steps[0] > STEPS:
            raise OverflowError


class Local:
    def __init__(self, names, values, const=False):
        self.names, self.values, self.const = names, values, const

    def lines(self, rnd):
        names = ', '.join(n + (' <const>' if self.const else '') for n in self.names)
        return ['local %s = %s' % (names, ', '.join(v.text(rnd) for v in self.values))]

    def run(self, scope):
        values = [v.value_in(scope) for v in self.values]
        for name, value in zip(self.names, values):
            scope.cells[name] = [value]


class Assign:
    """Targets are different names, or one member of a table: the order is not defined."""

    def __init__(self, targets, values):
        self.targets, self.values = targets, values

    def lines(self, rnd):
        return ['%s = %s' % (', '.join(t.text(rnd) for t in self.targets),
                             ', '.join(v.text(rnd) for v in self.values))]

    def run(self, scope):
        if isinstance(self.targets[0], Index):
            table = self.targets[0].table.value_in(scope)
            key = self.targets[0].key.value_in(scope)
        values = [v.value_in(scope) for v in self.values]
        if not isinstance(self.targets[0], Index):
            for target, value in zip(self.targets, values):
                scope.cell(target.name)[0] = value
        elif not isinstance(table, dict) or key is None:
            raise LuaError
        else:
            table[key_of(key)] = values[0]


class Block:
    def __init__(self, statements):
        self.statements = statements

    def lines(self, rnd):
        return ['  ' + line for s in self.statements for line in s.lines(rnd)]

    def run(self, scope):
        for statement in self.statements:
            scope.step()
            statement.run(scope)


class Do:
    def __init__(self, block):
        self.block = block

    def lines(self, rnd):
        return ['do'] + self.block.lines(rnd) + ['end']

    def run(self, scope):
        self.block.run(Scope(scope))


class If:
    def __init__(self, condition, then, otherwise):
        self.condition, self.then, self.otherwise = condition, then, otherwise

    def lines(self, rnd):
        lines = ['if %s then' % self.condition.text(rnd)] + self.then.lines(rnd)
        if self.otherwise:
            lines += ['else'] + self.otherwise.lines(rnd)
        return lines + ['end']

    def run(self, scope):
        if truth(self.condition.value_in(scope)):
            self.then.run(Scope(scope))
        elif self.otherwise:
            self.otherwise.run(Scope(scope))


class Leave:
    """break, or goto the end of the loop's body."""

    def __init__(self, condition, label):
        self.condition, self.label = condition, label

    def lines(self, rnd):
        return ['if %s then %s end' % (self.condition.text(rnd),
                                       'goto ' + self.label if self.label else 'break')]

    def run(self, scope):
        if truth(self.condition.value_in(scope)):
            raise Continue if self.label else Break


def run_body(block, scope):
    """False: leave the loop. The scope is given back for repeat's condition."""
    try:
        block.run(scope)
    except Continue:
        pass
    except Break:
        return False
    return True


class Loop:
    def __init__(self, kind, head, body, label):
        self.kind, self.head, self.body, self.label = kind, head, body, label

    def lines(self, rnd):
        body = ['  do'] + ['  ' + line for line in self.body.lines(rnd)] + ['  end']
        if self.label:
            body.append('  ::%s::' % self.label)
        if self.kind == 'for':
            name, first, last, step = self.head
            return ['for %s = %s, %s, %d do' % (name, first.text(rnd), last.text(rnd), step)] + \
                body + ['end']
        if self.kind == 'while':
            return ['while %s do' % self.head.text(rnd)] + body + ['end']
        return ['repeat'] + self.body.lines(rnd) + ['until %s' % self.head.text(rnd)]

    def run(self, scope):
        if self.kind == 'for':
            self.run_for(scope)
            return
        go_on = True
        while go_on and (self.kind != 'while' or truth(self.head.value_in(scope))):
            scope.step()
            inner = Scope(scope)
            go_on = run_body(self.body, inner)
            if go_on and self.kind == 'repeat':
                go_on = not truth(self.head.value_in(inner))

    def run_for(self, scope):
        name, first, last, step = self.head
        at, last = first.value_in(scope), last.value_in(scope)
        if not is_int(at) or not is_int(last):
            raise LuaError
        while at <= last if step > 0 else at >= last:
            scope.step()
            inner = Scope(scope)
            inner.cells[name] = [at]
            if not run_body(self.body, inner):
                break
            at += step


# ---- making them ----

WORDS = ['a', 'b', 'c', 'd', 'e']
PREAMBLE = '''local function show(...)
  local s = ""
  for i = 1, select("#", ...) do s = s .. tostring((select(i, ...))) .. "," end
  return s
end
'''


class Maker:
    """Indexing a table of the outer function by a comparison is what the code check refuses; so
    only some makers do it plainly. Others index aliases, which are locals, or guard the key."""

    def __init__(self, rnd):
        self.rnd = rnd
        self.style = self.pick('plain', 'aliased', 'aliased', 'guarded', 'guarded')
        self.names = {'int': [], 'bool': [], 'table': [], 'flags': [], 'call': []}
        self.assignable = []
        self.count = 0

    def fresh(self, prefix):
        self.count += 1
        return '%s%d' % (prefix, self.count)

    def pick(self, *choices):
        return self.rnd.choice(choices)

    # Every kind of expression has its type, so that few programs end in an error.

    def constant(self):
        r = self.rnd.random()
        if r < 0.5:
            return Const(self.rnd.randint(0, 5))
        if r < 0.8:
            return Const(self.pick(-1, 127, 128, 129, 255, 256, -127, -128, -129, 65535, 131071))
        return Const(self.pick(1 << 20, (1 << 31) - 1, 1 << 40, (1 << 63) - 1, -(1 << 62)))

    def key(self, depth):
        r = self.rnd.random()
        if r < 0.6:
            return self.flag(depth - 1)
        if r < 0.8:
            return Const(self.rnd.choice(WORDS))
        return Const(self.rnd.randint(1, 3))

    def flag(self, depth):
        """A key that is true or false."""
        key = self.boolean(depth)
        if self.style == 'guarded':
            return Binary(self.pick('and', 'or'), key, self.boolean(depth - 1))
        return key

    def integer(self, depth):
        r = self.rnd.random()
        if depth <= 0 or r < 0.1:
            if self.names['int'] and self.rnd.random() < 0.6:
                return Name(self.rnd.choice(self.names['int']))
            return self.constant()
        if r < 0.3:
            return Index(Name(self.rnd.choice(self.names['table'])), self.key(depth))
        if r < 0.4:
            return Binary('or', self.maybe(depth - 1), self.integer(depth - 1))
        if r < 0.5:
            return Binary('or', Binary('and', self.boolean(depth - 1), self.integer(depth - 1)),
                          self.integer(depth - 1))
        if r < 0.75:
            return self.bitwise(depth)
        if r < 0.8:
            return Unary(self.pick('-', '~'), self.integer(depth - 1))
        if r < 0.83 and self.names['call']:
            return Call(Name(self.rnd.choice(self.names['call'])))
        if r < 0.86:
            return Binary(self.pick('//', '%'), self.integer(depth - 1),
                          Const(self.rnd.choice([1, 2, 3, 7, 300, -3])))
        return Binary(self.pick('+', '-', '*'), self.integer(depth - 1), self.integer(depth - 1))

    def bitwise(self, depth):
        op = self.pick('&', '|', '~', '&', '|', '~', '<<', '>>')
        left, right = self.integer(depth - 1), self.integer(depth - 1)
        if self.rnd.random() < 0.5:
            left = self.constant()
        elif self.rnd.random() < 0.5:
            right = self.constant()
        return Binary(op, left, right)

    def maybe(self, depth):
        """An integer or nothing."""
        if self.rnd.random() < 0.3:
            return Const(None)
        return Index(Name(self.rnd.choice(self.names['table'])), Const(self.rnd.randint(1, 9)))

    def comparison(self, depth):
        return Binary(self.pick('<', '<=', '>', '>=', '==', '~='), self.integer(depth - 1),
                      self.integer(depth - 1))

    def boolean(self, depth):
        r = self.rnd.random()
        if depth <= 0 or r < 0.08:
            if self.names['bool'] and self.rnd.random() < 0.7:
                return Name(self.rnd.choice(self.names['bool']))
            return Const(self.pick(True, False))
        if r < 0.5:
            return self.comparison(depth)
        if r < 0.65:
            return Unary('not', self.boolean(depth - 1))
        if r < 0.85:
            return Binary(self.pick('and', 'or'), self.boolean(depth - 1), self.boolean(depth - 1))
        if r < 0.92:
            return Binary(self.pick('==', '~='), self.boolean(depth - 1), self.boolean(depth - 1))
        return Index(Name(self.rnd.choice(self.names['flags'])), self.flag(depth - 1))

    def value(self, depth):
        return self.integer(depth) if self.rnd.random() < 0.7 else self.boolean(depth)

    # Statements. What they declare is known until the end of their block.

    def block(self, size, depth, loop):
        known = {kind: list(names) for kind, names in self.names.items()}
        assignable = list(self.assignable)
        block = Block([self.statement(depth, loop) for _ in range(size)])
        self.names, self.assignable = known, assignable
        return block

    def declare(self, kind, prefix):
        name = self.fresh(prefix)
        return name, lambda: self.names[kind].append(name)

    def statement(self, depth, loop):
        r = self.rnd.random()
        if r < 0.3 or (depth <= 0 and r < 0.5):
            return self.local()
        if r < 0.45 and self.assignable:
            return self.assign()
        if r < 0.6:
            return Assign([Index(Name(self.rnd.choice(self.names['table'])), self.key(3))],
                          [self.integer(2)])
        if r < 0.7 and loop:
            return Leave(self.boolean(2), loop if self.rnd.random() < 0.5 else None)
        if depth <= 0:
            return self.local()
        if r < 0.85:
            otherwise = self.block(2, depth - 1, loop) if self.rnd.random() < 0.5 else None
            return If(self.boolean(3), self.block(2, depth - 1, loop), otherwise)
        if r < 0.9:
            return Do(self.block(2, depth - 1, loop))
        return self.loop(depth)

    def local(self):
        r = self.rnd.random()
        if r < 0.15:
            name, declare = self.declare('call', 'f')
            tree = Local([name], [Function(self.integer(2))])
        elif r < 0.4:
            name, declare = self.declare('bool', 'b')
            tree = Local([name], [self.boolean(3)])
        elif r < 0.5:
            name, declare = self.declare('int', 'K')
            tree = Local([name], [self.pick(self.constant(), self.integer(2))], const=True)
        else:
            name, declare = self.declare('int', 'i')
            tree = Local([name], [self.integer(3)])
            self.assignable.append(name)
        declare()
        return tree

    def assign(self):
        names = self.rnd.sample(self.assignable, min(len(self.assignable), self.rnd.randint(1, 2)))
        return Assign([Name(n) for n in names], [self.integer(3) for _ in names])

    def loop(self, depth):
        kind = self.pick('for', 'for', 'while', 'repeat')
        label = self.fresh('next') if kind != 'repeat' else None
        if kind == 'for':
            name = self.fresh('i')
            step = self.pick(1, 1, 2, -1)
            first, last = Const(self.rnd.randint(1, 3)), Const(self.rnd.randint(2, 5))
            head = (name, first, last, step) if step > 0 else (name, last, first, step)
            known = list(self.names['int'])
            self.names['int'].append(name)
            body = self.block(3, depth - 1, label)
            self.names['int'] = known
            return Loop(kind, head, body, label)
        counter = self.fresh('n')
        body = self.block(2, depth - 1, label)
        body.statements.insert(0, Assign([Name(counter)],
                                         [Binary('+', Name(counter), Const(1))]))
        limit = Const(self.rnd.randint(1, 4))
        if kind == 'while':
            head = Binary('and', Binary('<', Name(counter), limit), self.boolean(2))
        else:
            head = Binary('or', Binary('>=', Name(counter), limit), self.boolean(2))
        loop = Loop(kind, head, body, label)
        return Do(Block([Local([counter], [Const(0)]), loop]))


class Program:
    """text is Lua that returns a string; answer is that string, or None: it ends in an error."""

    def __init__(self, seed):
        rnd = random.Random(seed)
        maker = Maker(rnd)
        scope = Scope()
        outer = self.outer(maker, rnd)
        padding = rnd.choice([0, 0, 0, rnd.randint(200, 245), rnd.randint(200, 300)])
        aliases = []
        if maker.style == 'aliased':
            for kind in ('table', 'flags'):
                aliases += [(name.replace('T', 'A'), name) for name in maker.names[kind]]
                maker.names[kind] = [name.replace('T', 'A') for name in maker.names[kind]]
        aliases = [Local([alias], [Name(name)]) for alias, name in aliases]
        arguments = [rnd.randint(-2, 5), rnd.randint(0, 300), rnd.random() < 0.5]
        maker.names['int'] += ['x', 'y']
        maker.names['bool'].append('p')
        maker.assignable = ['x', 'y']
        statements = aliases + [maker.statement(2, None) for _ in range(rnd.randint(1, 5))]
        results = [maker.value(4) for _ in range(rnd.randint(1, 4))]
        self.text = self.write(rnd, outer, padding, arguments, statements, results)
        self.answer = self.answer_of(scope, outer, arguments, statements, results)

    @staticmethod
    def outer(maker, rnd):
        """Locals around the function; their initial values are constants."""
        outer = []
        for kind, count in (('table', 2), ('flags', 1)):
            for _ in range(count):
                table = {}
                for key in [True, False, 1, 2, 3] + WORDS:
                    table[key_of(key)] = (rnd.randint(-3, 400) if kind == 'table' else
                                          rnd.random() < 0.5)
                name = maker.fresh('T')
                outer.append((name, table))
                maker.names[kind].append(name)
        for kind, value in (('int', rnd.randint(0, 5)), ('bool', rnd.random() < 0.5)):
            name = maker.fresh('u')
            outer.append((name, value))
            maker.names[kind].append(name)
        return outer

    @staticmethod
    def write(rnd, outer, padding, arguments, statements, results):
        lines = []
        for name, value in outer:
            text = Const(value).text(rnd)
            if isinstance(value, dict):
                text = '{%s}' % ', '.join('[%s] = %s' % (Const(k[1]).text(rnd),
                                                         Const(v).text(rnd))
                                          for k, v in value.items())
            lines.append('local %s = %s' % (name, text))
        lines.append('local function run(x, y, p)')
        if padding:
            lines.append('  local pad = {%s}' % ', '.join('"k%d"' % i for i in range(padding)))
        lines += Block(statements).lines(rnd)
        lines.append('  return show(%s)' % ', '.join(r.text(rnd) for r in results))
        lines.append('end')
        lines.append('local ok, s = pcall(run, %s)' %
                     ', '.join(Const(a).text(rnd) for a in arguments))
        lines.append('return ok and s or "error"')
        return PREAMBLE + '\n'.join(lines) + '\n'

    @staticmethod
    def answer_of(scope, outer, arguments, statements, results):
        for name, value in outer:
            scope.cells[name] = [dict(value) if isinstance(value, dict) else value]
        inner = Scope(scope)
        for name, value in zip(('x', 'y', 'p'), arguments):
            inner.cells[name] = [value]
        try:
            Block(statements).run(inner)
            values = [r.value_in(inner) for r in results]
        except LuaError:
            return 'error'
        return ''.join(Const(v).text(None).strip('"') + ',' for v in values)


def make(first_seed, count):
    """count programs; those that run for too long are passed over."""
    seed = first_seed
    while count > 0:
        try:
            program = Program(seed)
            count -= 1
            yield program
        except (OverflowError, RecursionError):
            pass
        seed += 1
