"""Reads the tables of rewrite rules from the compiler's sources, as formulas that can be printed, proved and measured.

The tables are Swift, but rows of formulas in operators and named functions read the same in Python once the labels are
taken off: this module rewrites the few forms that differ and evaluates the rest.
"""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SOURCES = [ROOT / "Sources/Rewriting/Rules.swift", ROOT / "Sources/Rewriting/MachineRules.swift"]


class Formula:
    """A symbol (name, no arguments), a number, or an operation of arguments."""

    def __init__(self, name, *arguments):
        self.name = name
        self.arguments = arguments

    def __repr__(self):
        """Prefix notation, as the tests print it: add(x,0)."""
        if isinstance(self.name, float):
            return repr(int(self.name)) if self.name == int(self.name) else repr(self.name)
        if not self.arguments:
            return self.name
        return f"{self.name}({','.join(map(repr, self.arguments))})"

    def __add__(a, b): return apply("add", a, b)
    def __radd__(a, b): return apply("add", b, a)
    def __sub__(a, b): return apply("sub", a, b)
    def __rsub__(a, b): return apply("sub", b, a)
    def __mul__(a, b): return apply("mul", a, b)
    def __rmul__(a, b): return apply("mul", b, a)
    def __truediv__(a, b): return apply("div", a, b)
    def __rtruediv__(a, b): return apply("div", b, a)
    def __neg__(a): return apply("neg", a)
    def __lt__(a, b): return apply("lt", a, b)
    def __gt__(a, b): return apply("lt", b, a)
    def __le__(a, b): return apply("le", a, b)
    def __ge__(a, b): return apply("le", b, a)


def formula(value):
    return value if isinstance(value, Formula) else Formula(float(value))


def apply(name, *arguments):
    return Formula(name, *map(formula, arguments))


def symbols(part):
    """The symbols of a formula, in the order in which they first occur."""
    if not part.arguments:
        return [part.name] if isinstance(part.name, str) else []
    found = []
    for argument in part.arguments:
        found += [name for name in symbols(argument) if name not in found]
    return found


class Rule:
    def __init__(self, name, left, right, keeps, guards):
        self.name, self.keeps, self.guards = name, keeps, guards
        self.left, self.right = formula(left), formula(right)

    @property
    def text(self):
        """What a proof is of: when this changes, the proof is void."""
        guards = "".join(f" if {kind}({','.join(filter(None, names))})" for kind, *names in self.guards)
        return f"{self.left} => {self.right}{guards}"


def closing(text, start):
    """The place behind the bracket that closes the one at `start`."""
    depth, quoted = 0, False
    for place in range(start, len(text)):
        if text[place] == '"':
            quoted = not quoted
        elif not quoted and text[place] in "([{":
            depth += 1
        elif not quoted and text[place] in ")]}":
            depth -= 1
            if depth == 0:
                return place + 1
    raise ValueError("unbalanced")


def split(text):
    """The arguments of a call, at its outermost commas."""
    parts, depth, quoted, last = [], 0, False, 0
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif not quoted:
            depth += (letter in "([{") - (letter in ")]}")
            if letter == "," and depth == 0:
                parts.append(text[last:place])
                last = place + 1
    return [part.strip() for part in parts + [text[last:]] if part.strip()]


def python(text):
    text = re.sub(r"Formula\.apply|(?<![\w)])\.apply", "apply", text)
    return " ".join(text.split())


def read(path):
    source = re.sub(r"//[^\n]*", "", path.read_text())
    names = {"apply": apply, "select": lambda c, a, b: apply("select", c, a, b)}
    for name, text in re.findall(r'private let (\w+): Formula = ("\w+")', source):
        names[name] = Formula(text.strip('"'))
    pattern = r"private func (\w+)\(([^)]*)\) -> Formula \{(.*?)\n?\}"
    for name, parameters, body in re.findall(pattern, source, re.S):
        given = re.findall(r"_ (\w+): Formula", parameters)
        # A formula mentions its own name only through apply, so a closure over the table is enough.
        names[name] = eval(f"lambda {', '.join(given)}: {python(body)}", names)
    for name, body in re.findall(r"private let (\w+) = ((?:Formula)?\.apply\([^\n]*)", source):
        names[name] = eval(python(body), names)
    rules = []
    for found in re.finditer(r"(?<![\w ]func )\brule\(", source):
        end = closing(source, found.end() - 1)
        parts = split(source[found.end() : end - 1])
        left, right = (eval(python(side), names) for side in parts[1].split("=>"))
        # Other arguments of a row are no guards.
        guards = [found.groups() for part in parts[3:] if (found := re.search(r'\.(\w+)\("(\w+)"(?:, "(\w+)")?\)', part))]
        rules.append(Rule(parts[0].strip('"'), left, right, parts[2].lstrip("."), guards))
    return rules


def all_rules():
    return [rule for path in SOURCES for rule in read(path)]
