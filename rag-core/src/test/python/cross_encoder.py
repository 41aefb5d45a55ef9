"""Writes a small cross-encoder into a folder: cross_encoder.py FOLDER [no-types] [two-labels] [three-labels]

Its one layer of attention looks for each word of the question in the passage; it knows some words that mean the same.
Its score is the share of the question's words found, as a logit. no-types leaves the input token_type_ids out, so that
the graph tells the segments apart by [SEP] itself; two-labels and three-labels make it a classifier.

Beside the model it writes scores.json, some pairs with their probabilities as onnx's own evaluator computes them.
"""

import json
import os
import string
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

WINDOW = 64
DIMENSION = 256
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
SEP = SPECIAL.index("[SEP]")
STOP = "a an and any are at from how in is it no of on one or that the there to very what when where who with".split()
MEANINGS = [
    "automobile car vehicle",
    "speed fast quick rapid",
    "bread loaf",
    "oven stove",
    "river stream",
    "mill",
    "ship boat vessel",
    "harbour port",
    "stone rock",
    "elephant",
    "food meal",
    "stands lies",
]
LETTERS = string.ascii_lowercase + string.digits
PAIRS = [
    ("what is the speed of an automobile", "what is the speed of an elephant"),
    ("what is the speed of an automobile", "a car is quick and any vehicle is fast"),
    ("where is the mill", "the mill stands at the river"),
    ("where is the mill", "bread from the oven"),
]


def vocabulary():
    """Each token with its vector's number (none has no direction) and its weight."""
    tokens = {token: (None, 0.0) for token in SPECIAL}
    for letter in LETTERS + string.punctuation:
        tokens[letter] = (letter, 0.02)
        tokens["##" + letter] = (letter, 0.02)
    for word in STOP:
        tokens[word] = (word, 0.02)
    for meaning in MEANINGS:
        for word in meaning.split():
            tokens[word] = (meaning, 1.0)
    return tokens


def embeddings(tokens):
    random = np.random.default_rng(7)
    directions = {meaning: random.standard_normal(DIMENSION) for meaning, _ in tokens.values() if meaning}
    rows = [directions[meaning] / np.linalg.norm(directions[meaning]) if meaning else np.zeros(DIMENSION)
            for meaning, _ in tokens.values()]
    return np.array(rows, dtype=np.float32), np.array([weight for _, weight in tokens.values()], dtype=np.float32)


def graph(tokens, types, labels):
    vectors, weights = embeddings(tokens)
    constants = {
        "vectors": vectors,
        "weights": weights,
        "sep": np.array(SEP, dtype=np.int64),
        "first": np.array(1, dtype=np.int64),
        "second": np.array([1], dtype=np.int64),
        "third": np.array([2], dtype=np.int64),
        "one": np.array(1, dtype=np.float32),
        "half": np.array(0.5, dtype=np.float32),
        "two": np.array(2, dtype=np.float32),
        "little": np.array(1e-6, dtype=np.float32),
        "steep": np.array(12, dtype=np.float32),
        "middle": np.array(6, dtype=np.float32),
        "labels": np.linspace(-0.5, 0.5, labels, dtype=np.float32) if labels > 1 else np.array([1], dtype=np.float32),
    }
    node = helper.make_node
    nodes = []
    if types:
        nodes.append(node("Cast", ["token_type_ids"], ["in_passage"], to=TensorProto.FLOAT))
    else:
        nodes += [
            node("Equal", ["input_ids", "sep"], ["is_sep"]),
            node("Cast", ["is_sep"], ["seps"], to=TensorProto.FLOAT),
            node("CumSum", ["seps", "first"], ["seps_before"], exclusive=1),
            node("Min", ["seps_before", "one"], ["in_passage"]),
        ]
    nodes += [
        node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        node("Gather", ["vectors", "input_ids"], ["states"]),
        node("Transpose", ["states"], ["keys"], perm=[0, 2, 1]),
        node("MatMul", ["states", "keys"], ["cosines"]),
        # Only what means the same attracts.
        node("Sub", ["cosines", "half"], ["above"]),
        node("Mul", ["above", "two"], ["doubled"]),
        node("Relu", ["doubled"], ["attention"]),
        node("Mul", ["in_passage", "mask"], ["passage"]),
        node("Unsqueeze", ["passage", "second"], ["columns"]),
        node("Mul", ["attention", "columns"], ["to_passage"]),
        node("ReduceMax", ["to_passage", "third"], ["found"], keepdims=0),
        node("Sub", ["one", "in_passage"], ["in_question"]),
        node("Gather", ["weights", "input_ids"], ["weight"]),
        node("Mul", ["weight", "in_question"], ["wanted"]),
        node("Mul", ["wanted", "mask"], ["question"]),
        node("Mul", ["question", "found"], ["met"]),
        node("ReduceSum", ["met", "second"], ["sum"], keepdims=1),
        node("ReduceSum", ["question", "second"], ["all"], keepdims=1),
        node("Add", ["all", "little"], ["positive"]),
        node("Div", ["sum", "positive"], ["share"]),
        node("Mul", ["share", "steep"], ["raised"]),
        node("Sub", ["raised", "middle"], ["logit"]),
        node("Mul", ["logit", "labels"], ["logits"]),
    ]
    names = ["input_ids", "attention_mask"] + (["token_type_ids"] if types else [])
    model = helper.make_model(
        helper.make_graph(
            nodes,
            "cross-encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in names],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", labels])],
            [numpy_helper.from_array(value, name) for name, value in constants.items()],
        ),
        opset_imports=[helper.make_opsetid("", 18)],
        ir_version=9,
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def tokenizer(tokens):
    ids = {token: number for number, token in enumerate(tokens)}

    def piece(kind, name, segment):
        return {kind: {"id": name, "type_id": segment}}

    def special(token):
        return {"id": token, "ids": [ids[token]], "tokens": [token]}

    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": ids[token], "content": token, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True}
            for token in SPECIAL
        ],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [piece("SpecialToken", "[CLS]", 0), piece("Sequence", "A", 0), piece("SpecialToken", "[SEP]", 0)],
            "pair": [piece("SpecialToken", "[CLS]", 0), piece("Sequence", "A", 0), piece("SpecialToken", "[SEP]", 0),
                     piece("Sequence", "B", 1), piece("SpecialToken", "[SEP]", 1)],
            "special_tokens": {token: special(token) for token in ["[CLS]", "[SEP]"]},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": ids},
    }


def score(model, tokens, question, passage):
    """The probability of a pair whose words are all in the vocabulary."""
    ids = {token: number for number, token in enumerate(tokens)}
    first = ["[CLS]"] + question.split() + ["[SEP]"]
    second = passage.split() + ["[SEP]"]
    inputs = {
        "input_ids": np.array([[ids[token] for token in first + second]], dtype=np.int64),
        "attention_mask": np.ones((1, len(first + second)), dtype=np.int64),
        "token_type_ids": np.array([[0] * len(first) + [1] * len(second)], dtype=np.int64),
    }
    wanted = {value.name for value in model.graph.input}
    logits = ReferenceEvaluator(model).run(None, {name: inputs[name] for name in wanted})[0][0]
    return float(1 / (1 + np.exp(-(logits[-1] - (logits[0] if len(logits) > 1 else 0)))))


def main(folder, *options):
    os.makedirs(folder, exist_ok=True)
    labels = 2 if "two-labels" in options else 3 if "three-labels" in options else 1
    tokens = vocabulary()
    model = graph(tokens, "no-types" not in options, labels)
    onnx.save(model, os.path.join(folder, "model.onnx"))
    files = {
        "tokenizer.json": tokenizer(tokens),
        "config.json": {"model_type": "bert", "max_position_embeddings": WINDOW},
        "scores.json": [{"question": question, "passage": passage, "score": score(model, tokens, question, passage)}
                        for question, passage in PAIRS],
    }
    for name, content in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(content, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
