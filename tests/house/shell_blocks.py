"""Takes the commands out of a document's sh blocks."""
import re
import shlex

_BLOCK = re.compile(r"^```(?:sh|bash|shell)\b[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?")
_SUBSTITUTION = re.compile(r"\$\(([^()]+)\)")
_OPERATORS = re.compile(r"^[|&;<>]+$")
_PREFIXES = {"do", "then", "else", "!", "sudo", "time", "env", "{"}


def commands(text):
    """(line number, words) of each simple command, without its assignments and redirections."""
    for block in _BLOCK.finditer(text):
        first = text.count("\n", 0, block.start(1)) + 1
        for number, line in _whole_lines(block.group(1), first):
            for words in _simple_commands(line):
                yield number, words


def _whole_lines(block, number):
    """Lines with their continuations; without prompts and the bodies of here-documents."""
    whole, begin, end_word = "", number, None
    for offset, line in enumerate(block.splitlines()):
        if end_word is not None:
            end_word = None if line.strip() == end_word else end_word
            continue
        begin = begin if whole else number + offset
        whole += re.sub(r"^\s*\$ ", "", line)
        if whole.endswith("\\"):
            whole = whole[:-1] + " "
            continue
        heredoc = _HEREDOC.search(whole)
        end_word = heredoc.group(1) if heredoc else None
        yield begin, whole
        whole = ""
    if whole:
        yield begin, whole


def _simple_commands(line):
    for inner in _SUBSTITUTION.findall(line):
        yield from _simple_commands(inner)
    line = _SUBSTITUTION.sub("$_", line)
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    try:
        tokens = list(lexer)
    except ValueError:  # a quote that ends on another line
        tokens = line.split()
    words, skip = [], False
    for token in tokens + [";"]:
        if _OPERATORS.match(token):
            if token[0] in "<>" or token == "&>":
                skip = True
                continue
            if words:
                yield words
            words = []
        elif skip:
            skip = False
        elif words or not (token in _PREFIXES or re.match(r"^\w+=", token)):
            words.append(token)
