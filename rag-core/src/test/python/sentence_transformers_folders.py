"""Writes model folders with sentence-transformers, and what it gives for some texts.

usage: sentence_transformers_folders.py FOLDER

The models are small and random, but of architectures that are in use, and their tokenizers are trained on the texts. Each kind
has a folder below FOLDER; FOLDER/vectors.json holds for each the library's vectors of passages and questions, of length 1.
"""

import json
import os
import sys
import warnings

# Nothing is there to be fetched.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
warnings.filterwarnings("ignore")

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (BertConfig, BertModel, PreTrainedTokenizerFast, Qwen2Config, Qwen2Model, RobertaConfig,
                          RobertaModel)

WINDOW = 64
SIZE = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
# With the usual 0.02 all texts have nearly the same vector.
SPREAD = 0.4
TEXTS = [
    "a",
    "How is data stored in Milvus?",
    "Milvus stores data in segments, and segments in object storage.",
    "The weather in Paris is MILD in spring; naïve cafés open early.",
    "Wie speichert Milvus seine Daten? Über Segmente, natürlich.",
    "Как хранятся данные в памяти?",
    "数据是如何存储的？",
    "데이터는 어떻게 저장됩니까?",
    "كيف يتم تخزين البيانات؟",
    "line one\n\n\tline two   with spaces ",
    "a ship 🚢 and x = y² + 1e-5, isn't it?",
]
PROMPTS = {"query": "query: ", "passage": "passage: "}


def word_piece(lowercase):
    """As BERT's: words and their pieces between [CLS] and [SEP]."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase, strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    # The last two texts stay out, so that something is unknown.
    tokenizer.train_from_iterator(TEXTS[:-2], trainers.WordPieceTrainer(vocab_size=220, special_tokens=special))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.decoder = decoders.WordPiece()
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
                                   sep_token="[SEP]", mask_token="[MASK]", model_max_length=WINDOW)


def byte_pairs(special, after, **named):
    """As RoBERTa's and most decoders': pairs of bytes, so that nothing is unknown."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(TEXTS, trainers.BpeTrainer(
        vocab_size=400, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.post_processor = after
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_input_names=["input_ids", "attention_mask"], **named)


def bert(lowercase=True):
    tokenizer = word_piece(lowercase)
    config = BertConfig(vocab_size=len(tokenizer), max_position_embeddings=WINDOW, initializer_range=SPREAD, **SIZE)
    return BertModel(config), tokenizer


def roberta():
    """Positions are counted from behind the padding token's number: two more than tokens."""
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = byte_pairs(special, processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False),
                           bos_token="<s>", cls_token="<s>", pad_token="<pad>", eos_token="</s>", sep_token="</s>",
                           unk_token="<unk>", mask_token="<mask>")
    config = RobertaConfig(vocab_size=len(tokenizer), max_position_embeddings=WINDOW + 2, type_vocab_size=1,
                           initializer_range=SPREAD, **SIZE)
    return RobertaModel(config), tokenizer


def qwen2():
    """A decoder, whose last token has read the others."""
    after = processors.TemplateProcessing(single="$A <|endoftext|>", special_tokens=[("<|endoftext|>", 0)])
    tokenizer = byte_pairs(["<|endoftext|>"], after, pad_token="<|endoftext|>", eos_token="<|endoftext|>")
    config = Qwen2Config(vocab_size=len(tokenizer), max_position_embeddings=WINDOW, num_key_value_heads=2,
                         initializer_range=SPREAD, pad_token_id=0, eos_token_id=0, bos_token_id=None, **SIZE)
    return Qwen2Model(config), tokenizer


class LastHiddenState(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model
        # A decoder's past would be outputs of their own.
        self.model.config.use_cache = False

    def forward(self, *inputs):
        return self.model(**dict(zip(self.names, inputs))).last_hidden_state


def export(model, names, file):
    graph = LastHiddenState(model.eval())
    graph.names = names
    inputs = {"input_ids": torch.tensor([[5, 6, 7, 8, 9]]), "attention_mask": torch.ones(1, 5, dtype=torch.int64),
              "token_type_ids": torch.zeros(1, 5, dtype=torch.int64)}
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(graph, tuple(inputs[name] for name in names), file, input_names=names,
                      output_names=["last_hidden_state"], dynamic_axes={name: axes for name in [*names, "last_hidden_state"]},
                      opset_version=17, dynamo=False)


def longest(tokenizer, prompt):
    """Text that fills the window to the last token."""
    def tokens(text):
        return len(tokenizer(prompt + text)["input_ids"])

    text = ""
    for word in " ".join(TEXTS).split() * 9:
        if tokens(text + " " + word) > WINDOW:
            break
        text += " " + word
    # In no text, so that it is one token, which is part of no other.
    text += "!" * (WINDOW - tokens(text))
    assert tokens(text) == WINDOW, text
    return text


def write(folder, parts, pooling, *modules, prompts=None, **options):
    torch.manual_seed(7)
    model, tokenizer = parts()
    # Biases and norms start at zero and one.
    for parameter in model.parameters():
        if parameter.dim() == 1:
            parameter.data += torch.randn_like(parameter) * 0.2
    plain = folder + ".transformer"
    model.save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    made = SentenceTransformer(modules=[Transformer(plain, **options), Pooling(SIZE["hidden_size"], pooling_mode=pooling),
                                        *modules], prompts=prompts, device="cpu")
    made.save_pretrained(folder, create_model_card=False)
    # As a user of the folder has it.
    library = SentenceTransformer(folder, device="cpu")
    transformer = library[0]
    names = [name for name in ["input_ids", "attention_mask", "token_type_ids"]
             if name in transformer.tokenizer.model_input_names]

    def vectors(prompt_name):
        texts = TEXTS + [longest(transformer.tokenizer, (prompts or {}).get(prompt_name, ""))]
        found = library.encode(texts, prompt_name=prompt_name if prompts else None, normalize_embeddings=True)
        return [{"text": text, "vector": vector.tolist()} for text, vector in zip(texts, found)]

    said = {"questions": vectors("query"), "passages": vectors("passage")}
    export(transformer.model, names, os.path.join(folder, "model.onnx"))
    return said


KINDS = {
    "cls": lambda folder: write(folder, bert, "cls"),
    "mean": lambda folder: write(folder, bert, "mean"),
    "max": lambda folder: write(folder, bert, "max"),
    "last-token": lambda folder: write(folder, bert, "lasttoken"),
    "lower-case": lambda folder: write(folder, lambda: bert(lowercase=False), "mean", do_lower_case=True),
    "normalize": lambda folder: write(folder, bert, "mean", Normalize()),
    "prompts": lambda folder: write(folder, bert, "mean", prompts=PROMPTS),
    "roberta": lambda folder: write(folder, roberta, "mean"),
    "decoder": lambda folder: write(folder, qwen2, "lasttoken"),
    "dense": lambda folder: write(folder, bert, "mean", Dense(SIZE["hidden_size"], 8)),
}


def main(folder):
    vectors = {kind: make(os.path.join(folder, kind)) for kind, make in KINDS.items()}
    with open(os.path.join(folder, "vectors.json"), "w", encoding="utf-8") as file:
        json.dump(vectors, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
