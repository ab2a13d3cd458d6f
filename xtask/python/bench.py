"""Reads the same texts with spaCy and with Tolmach, in turns, and compares tokens per CPU-second.

    bench.py linguistics|whole TOLMACH [TEXTS...]

`linguistics` times the language engine alone (the benchmark of crates/analysis), `whole` the program's `annotate`,
start-up included. Both sides use one thread. CPU time is compared, not the clock on the wall, so that other work on
the machine matters little; it still matters somewhat, hence the turns. TEXTS are as in parity.py; without them the
development part of the benchmarks is read (TOLMACH_SHARED, else ../shared), or the sample dossier.
"""

import json
import os
import re
import resource
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


def time_engine(_program, texts_file, _n_tokens):
    command = ["cargo", "bench", "--quiet", "--package", "tolmach-analysis", "--bench", "analyze", "--", texts_file]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = re.findall(r"^Fast warm: \d+ tokens, (\d+) tokens", done.stdout, re.MULTILINE)
    if not found:
        sys.exit("bench: the benchmark of the language engine did not run; is there a data file?")
    return max(map(float, found))


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


def main():
    measures = {"linguistics": time_engine, "whole": time_whole}
    if len(sys.argv) < 3 or sys.argv[1] not in measures:
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
        ours, theirs = [], []
        for turn in range(TURNS):
            n_tokens, speed = time_spacy(nlp, texts)
            theirs.append(speed)
            ours.append(measures[name](program, file.name, n_tokens))
            print(f"turn {turn + 1}: spaCy {theirs[-1]:.0f}, Tolmach {ours[-1]:.0f} tokens per CPU-second")
    ratios = sorted(our / their for our, their in zip(ours, theirs))
    print(f"{name}: {n_tokens} tokens of {len(texts)} texts; Tolmach reads {ratios[len(ratios) // 2]:.1f} times as many "
          f"tokens per CPU-second as spaCy {spacy.__version__} (median of {TURNS} turns)")


if __name__ == "__main__":
    main()
