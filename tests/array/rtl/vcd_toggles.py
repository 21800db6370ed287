"""Toggles, rises and times of every bit in a window of a VCD file; it knows nothing of Neartile's models.

  vcd_toggles.py FILE SCOPE FROM TO

prints "NAME BIT TOGGLES RISES T0 T1" for each bit of each variable below a scope SCOPE, NAME with "/" between
scopes, from SCOPE on. Changes with FROM < time < TO count; T0 and T1 are in the file's units of time. A change from
or to x is no toggle.
"""
import sys


class Variable:
    def __init__(self, name, width, low):
        self.name, self.low = name, low
        self.value = "x" * width
        self.since = 0
        self.toggles, self.rises = [0] * width, [0] * width
        self.times = {"0": [0] * width, "1": [0] * width}

    def stay(self, begin, end):
        """Adds the time since the last change, as far as it is in the window."""
        time = end - max(self.since, begin)
        if time <= 0:
            return
        for i, bit in enumerate(reversed(self.value)):
            if bit in self.times:
                self.times[bit][i] += time

    def change(self, value, time, begin, end):
        width = len(self.value)
        value = value.rjust(width, "0" if value[0] in "01" else value[0])[-width:].lower()
        if value == self.value:
            return
        self.stay(begin, min(time, end))
        if begin < time < end:
            for i, (old, new) in enumerate(zip(reversed(self.value), reversed(value))):
                if old + new in ("01", "10"):
                    self.toggles[i] += 1
                    self.rises[i] += new == "1"
        self.value, self.since = value, time


def declared(words, scope_name):
    """Variables below the scope by identifier; an identifier may have several names."""
    scopes, variables = [], {}
    for word in words:
        if word == "$scope":
            next(words)
            scopes.append(next(words))
        elif word == "$upscope":
            scopes.pop()
        elif word == "$var":
            next(words)
            width, identifier, name = int(next(words)), next(words), next(words)
            bits = next(words)
            low = int(bits.strip("[]").split(":")[-1]) if bits.startswith("[") else 0
            if scope_name in scopes:
                path = "/".join(scopes[scopes.index(scope_name):] + [name])
                variables.setdefault(identifier, []).append(Variable(path, width, low))
        elif word == "$enddefinitions":
            return variables
    raise SystemExit("no $enddefinitions")


def play(words, variables, begin, end):
    time = 0
    for word in words:
        if word[0] == "#":
            time = int(word[1:])
        elif word[0] in "bB":
            for variable in variables.get(next(words), []):
                variable.change(word[1:], time, begin, end)
        elif word[0] in "01xXzZ":
            for variable in variables.get(word[1:], []):
                variable.change(word[0], time, begin, end)
    for named in variables.values():
        for variable in named:
            variable.stay(begin, end)


def main():
    file, scope_name, begin, end = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    with open(file, encoding="ascii") as stream:
        words = iter(stream.read().split())
    variables = declared(words, scope_name)
    play(words, variables, begin, end)
    for named in variables.values():
        for one in named:
            for i, toggles in enumerate(one.toggles):
                print(one.name, one.low + i, toggles, one.rises[i], one.times["0"][i], one.times["1"][i])


if __name__ == "__main__":
    main()
