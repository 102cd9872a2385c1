"""Runs one PHREEQC input with the library IPhreeqc; started in the sandbox, in the job's own folder.

Arguments: library, database, input, output; names only, for everything but the library and the database.
Headings and warnings of the output are repeated on standard output while the run goes on. All warnings and errors are
kept in warnings.txt and errors.txt. Exit: 0 success, 1 errors in the input, 2 the database does not load.
"""

import ctypes
import re
import signal
import sys
import threading

LIBRARY, DATABASE, INPUT, OUTPUT = (name.encode() for name in sys.argv[1:5])
HEADING = re.compile(rb"Reading input data|Beginning of|End of |Reaction step|Transport step|Using |TITLE$|WARNING")
MOST_HEADINGS = 2000

# Python ignores the signal of the file-size limit, and the library then drops output without a word.
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

phreeqc = ctypes.CDLL(LIBRARY.decode())
for text in ("GetErrorString", "GetWarningString"):
    getattr(phreeqc, text).restype = ctypes.c_char_p
me = phreeqc.CreateIPhreeqc()


def keep(name, content):
    if content.strip():
        with open(name, "wb") as file:
            file.write(content)


def fail(errors, status):
    keep("errors.txt", errors)
    print(errors.decode(errors="replace").strip(), file=sys.stderr, flush=True)
    sys.exit(status)


def repeat_headings(ended):
    shown = 0
    rest = b""
    with open(OUTPUT, "rb") as output:
        while shown < MOST_HEADINGS:
            last = ended.wait(0.5)
            chunk = output.read(1 << 20)
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                if HEADING.match(line) and shown < MOST_HEADINGS:
                    shown += 1
                    print(line[:200].decode(errors="replace").rstrip(), flush=True)
            rest = rest[-4096:]
            if last and not chunk:
                return
    print("… further headings are in the output file", flush=True)


if phreeqc.LoadDatabase(me, DATABASE):
    fail(phreeqc.GetErrorString(me), 2)

for kind, name in ((b"Output", OUTPUT), (b"Log", b"phreeqc.log"), (b"Dump", b"phreeqc.dump")):
    getattr(phreeqc, f"Set{kind.decode()}FileName")(me, name)
for kind in ("OutputFile", "LogFile", "DumpFile", "ErrorString"):
    getattr(phreeqc, f"Set{kind}On")(me, 1)

# Selected output is written only for user numbers that were switched on before the run.
with open(INPUT, "rb") as text:
    used = re.findall(rb"(?im)^[ \t]*(?:SELECTED_OUTPUT|USER_PUNCH)[ \t]+(\d{1,6})", text.read())
for number in sorted(set(range(1, 101)) | {int(n) for n in used}):
    phreeqc.SetCurrentSelectedOutputUserNumber(me, number)
    phreeqc.SetSelectedOutputFileName(me, b"selected_%d.sel" % number)
    phreeqc.SetSelectedOutputFileOn(me, 1)
phreeqc.SetCurrentSelectedOutputUserNumber(me, 1)

open(OUTPUT, "wb").close()
ended = threading.Event()
follower = threading.Thread(target=repeat_headings, args=(ended,), daemon=True)
follower.start()
errors = phreeqc.RunFile(me, INPUT)
warnings = phreeqc.GetWarningString(me)
problems = phreeqc.GetErrorString(me) if errors else b""
phreeqc.DestroyIPhreeqc(me)
ended.set()
follower.join(10)
keep("warnings.txt", warnings)
if errors:
    fail(problems, 1)
