"""Times tools from PyPI, and commands, over texts: a line of JSON each, in MB per second of CPU time."""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TEXTS = json.load(open(sys.argv[1], encoding="utf-8"))
# A text that takes longer than this is measured once, and longer ones not at all.
LONG = 2.0


def speeds(call):
    found = []
    for text in TEXTS:
        size = len(text.encode())
        if found and found[-1] is None:
            found.append(None)
            continue
        # Some are slow enough that eight KB tell all.
        text = text if size < 16384 or not found or found[0] > 0.5 else text[:16384]
        spent = []
        while len(spent) < 3 and sum(spent) < LONG:
            start = time.process_time()
            call(text)
            spent.append(time.process_time() - start)
        found.append(len(text.encode()) / 1e6 / statistics.median(spent))
    return found


def detect_secrets():
    from detect_secrets.core import scan
    from detect_secrets.settings import default_settings

    def call(text):
        with default_settings():
            for line in text.split("\n"):
                list(scan.scan_line(line))

    return call


def presidio():
    import tldextract
    from presidio_analyzer import predefined_recognizers as every

    # With the list of domains that it brings: it would ask the network for another one.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())

    names = "CreditCard Crypto Date Email Iban Ip MedicalLicense Phone UsBank UsLicense UsItin UsPassport UsSsn Url".split()
    recognizers = [getattr(every, f"{name}Recognizer")() for name in names]

    def call(text):
        for one in recognizers:
            one.analyze(text, one.supported_entities, None)

    return call


def command(name, arguments):
    path = shutil.which(name, path=os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"])
    if path is None:
        raise FileNotFoundError("the command is not installed here")

    def spent(folder):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([path, *arguments(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def speed(text):
        # Files that differ, or it would read one; many, or starting would be all there is.
        copies = 1 + 16_000_000 // len(text)
        with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as full:
            open(f"{empty}/0.json", "w", encoding="utf-8").write("{}")
            for number in range(copies):
                open(f"{full}/{number}.json", "w", encoding="utf-8").write(f"[{number},{text}]")
            seconds = spent(full) - statistics.median(spent(empty) for _ in range(3))
        return copies * len(text.encode()) / 1e6 / max(seconds, 1e-3)

    return [speed(text) for text in TEXTS]


def kingfisher(folder):
    return ["scan", folder, "--no-validate", "--jobs", "1", "--format", "json", "--no-update-check"]


def gitleaks(folder):
    return ["dir", folder, "--no-banner", "--log-level", "fatal", "--exit-code", "0"]


TOOLS = {
    "detect-secrets, default plugins": lambda: speeds(detect_secrets()),
    "Presidio, 14 pattern recognizers, no NLP": lambda: speeds(presidio()),
    "kingfisher (native command)": lambda: command("kingfisher", kingfisher),
    "gitleaks (native command)": lambda: command("gitleaks", gitleaks),
}

for name, measure in TOOLS.items():
    try:
        row = {"name": name, "speeds": measure()}
    except Exception as error:  # A tool that cannot be had is named, and the others are measured.
        row = {"name": name, "error": str(error).split("\n")[0]}
    print(json.dumps(row), flush=True)
