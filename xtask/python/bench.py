"""Reads the same texts with spaCy and with Tolmach, in turns, and compares tokens per CPU-second.

    bench.py linguistics|whole TOLMACH [TEXTS...]

`linguistics` times the language engine alone (the benchmark of crates/analysis) in every mode and with all instructions
that the processor has, `whole` the program's `annotate`, start-up included. Both sides use one thread. CPU time is compared, not the clock on the wall, so that other work on
the machine matters little; it still matters somewhat, hence the turns. TEXTS are as in parity.py; without them the
development part of the benchmarks is read (TOLMACH_SHARED, else ../shared), or the sample dossier.
"""

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from parity import MODEL, read_texts

ROOT = Path(__file__).resolve().parents[2]
TURNS = 3


def cpu_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def time_engine(texts_file):
    """Tokens per CPU-second by (mode, instructions, pass), and what else the benchmark says."""
    command = ["cargo", "bench", "--quiet", "--package", "tolmach-analysis", "--bench", "analyze", "--", texts_file]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = re.findall(r"^(\w+) (\w+) (\w+): \d+ tokens, (\d+) tokens per", done.stdout, re.MULTILINE)
    if not found:
        sys.exit("bench: the benchmark of the language engine did not run; is there a data file?")
    threads = re.search(r"^Fast in two threads: (\d+)", done.stdout, re.MULTILINE)
    differences = re.search(r"^Fast and Exact differ.*", done.stdout, re.MULTILINE)
    return {tuple(names): float(speed) for *names, speed in found}, float(threads[1]), differences[0]


def bench_engine(nlp, texts, texts_file):
    """Prints a table of every mode and kernel, each beside the spaCy of the same turn."""
    turns = []
    for turn in range(TURNS):
        n_tokens, theirs = time_spacy(nlp, texts)
        speeds, threads, differences = time_engine(texts_file)
        turns.append((theirs, speeds, threads))
        print(f"turn {turn + 1}: spaCy {theirs:.0f} tokens per CPU-second", file=sys.stderr)
    print(f"{n_tokens} tokens of {len(texts)} texts, medians of {TURNS} turns; spaCy reads "
          f"{statistics.median(theirs for theirs, _, _ in turns):.0f} tokens per CPU-second\n")
    print("| mode | instructions | unseen text | x spaCy | repeated text | x spaCy |\n|---|---|---|---|---|---|")
    for mode, kernel in dict.fromkeys((mode, kernel) for mode, kernel, _ in turns[0][1]):
        row = [mode.lower(), kernel]
        for part in ("unseen", "repeated"):
            row.append(f"{statistics.median(speeds[mode, kernel, part] for _, speeds, _ in turns):.0f}")
            row.append(f"{statistics.median(speeds[mode, kernel, part] / theirs for theirs, speeds, _ in turns):.1f}")
        print("| " + " | ".join(row) + " |")
    best = next(iter(turns[0][1]))[:2]
    gain = statistics.median(threads / speeds[(*best, "repeated")] for _, speeds, threads in turns)
    print(f"\nTwo threads read {gain:.2f} times as fast as one. {differences}.")


def time_whole(program, texts_file, n_tokens):
    start = cpu_of_children()
    environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
    command = [program, "annotate", "--from", "jsonl", texts_file]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return n_tokens / (cpu_of_children() - start)


def time_spacy(nlp, texts):
    start = time.process_time()
    n_tokens = sum(len(doc) for doc in nlp.pipe(texts))
    return n_tokens, n_tokens / (time.process_time() - start)


def default_texts():
    shared = Path(os.environ.get("TOLMACH_SHARED") or ROOT / "../shared")
    path = shared / "eval/attribution/polnear.dev.jsonl"
    return [path if path.exists() else ROOT / "examples"]


def bench_whole(nlp, texts, program, texts_file):
    ours, theirs = [], []
    for turn in range(TURNS):
        n_tokens, speed = time_spacy(nlp, texts)
        theirs.append(speed)
        ours.append(time_whole(program, texts_file, n_tokens))
        print(f"turn {turn + 1}: spaCy {theirs[-1]:.0f}, Tolmach {ours[-1]:.0f} tokens per CPU-second")
    ratio = statistics.median(our / their for our, their in zip(ours, theirs))
    print(f"whole: {n_tokens} tokens of {len(texts)} texts; Tolmach reads {ratio:.1f} times as many "
          f"tokens per CPU-second as spaCy (median of {TURNS} turns)")


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in ("linguistics", "whole"):
        sys.exit(__doc__)
    name, program, *paths = sys.argv[1:]
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[variable] = "1"
    import spacy

    nlp = spacy.load(MODEL)
    texts = [text for _, text in read_texts(paths or default_texts())]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": str(at), "text": text}) + "\n" for at, text in enumerate(texts))
        file.flush()
        print(f"spaCy {spacy.__version__} with {MODEL}", file=sys.stderr)
        if name == "whole":
            bench_whole(nlp, texts, program, file.name)
        else:
            bench_engine(nlp, texts, file.name)


if __name__ == "__main__":
    main()
