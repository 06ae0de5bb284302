"""Models of random weights in the shapes that transformers loads: what they say means nothing, the way through them is real."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = (
    "i the a was is it my not you we to and agent customer charged twice bill refund want great awful terrible thank cancel price "
    "contract data privacy security hardware licence broken wait hours help good bad . , : ?"
)
TINY = {
    "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64, "max_position_embeddings": 128,
}  # fmt: skip


def tokenizer(home: Path, more: Sequence[str] = ()) -> int:
    """Writes a tokeniser of whole words and pieces of one letter. Returns the number of its tokens."""
    from transformers import BertTokenizerFast

    letters = [letter for each in "abcdefghijklmnopqrstuvwxyzäöüß0123456789" for letter in (each, f"##{each}")]
    tokens = list(dict.fromkeys((*VOCABULARY, *WORDS.split(), *more, *letters)))
    made = BertTokenizerFast(vocab={token: place for place, token in enumerate(tokens)}, model_max_length=128)
    made.save_pretrained(str(home))
    return len(tokens)


def classifier(home: Path, labels: Sequence[str], *, seed: int = 0, bias: Sequence[float] | None = None) -> Path:
    """A classifier with these labels. With a bias it is all but sure of one of them."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    home.mkdir(parents=True)
    torch.manual_seed(seed)
    names = dict(enumerate(labels))
    config = BertConfig(vocab_size=tokenizer(home), id2label=names, label2id={name: place for place, name in names.items()}, **TINY)
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.mul_(40)
        if bias is not None:
            model.classifier.weight.zero_()
            model.classifier.bias.copy_(torch.tensor(bias))
    model.save_pretrained(str(home))
    return home


def encoder(home: Path, *, seed: int = 0) -> Path:
    import torch
    from transformers import BertConfig, BertModel

    home.mkdir(parents=True)
    torch.manual_seed(seed)
    BertModel(BertConfig(vocab_size=tokenizer(home), **TINY)).save_pretrained(str(home))
    return home


def writer(home: Path, *, seed: int = 0) -> Path:
    import torch
    from transformers import BartConfig, BartForConditionalGeneration

    home.mkdir(parents=True)
    torch.manual_seed(seed)
    size = tokenizer(home)
    config = BartConfig(
        vocab_size=size, d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2,
        encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=128, pad_token_id=0, bos_token_id=2, eos_token_id=3,
        decoder_start_token_id=2, forced_eos_token_id=3,
    )  # fmt: skip
    BartForConditionalGeneration(config).save_pretrained(str(home))
    return home


def translator(home: Path) -> Path:
    """A Marian model from German, with a tokeniser trained on two sentences."""
    import sentencepiece
    from transformers import MarianConfig, MarianMTModel

    home.mkdir(parents=True)
    (home / "text").write_text("ich möchte mein konto kündigen i want to cancel my account please\n" * 50)
    sentencepiece.SentencePieceTrainer.train(
        input=str(home / "text"), model_prefix=str(home / "source"), vocab_size=60, hard_vocab_limit=False, minloglevel=2
    )
    (home / "source.model").rename(home / "source.spm")
    (home / "target.spm").write_bytes((home / "source.spm").read_bytes())
    pieces = [line.split("\t")[0] for line in (home / "source.vocab").read_text().splitlines()][3:]
    (home / "vocab.json").write_text(json.dumps({piece: place for place, piece in enumerate(["</s>", "<unk>", *pieces, "<pad>"])}))
    (home / "tokenizer_config.json").write_text('{"source_lang": "de", "target_lang": "en", "tokenizer_class": "MarianTokenizer"}')
    size = len(pieces) + 3
    config = MarianConfig(
        vocab_size=size, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2,
        encoder_ffn_dim=32, decoder_ffn_dim=32, max_position_embeddings=256, pad_token_id=size - 1, eos_token_id=0,
        decoder_start_token_id=size - 1, forced_eos_token_id=0,
    )  # fmt: skip
    MarianMTModel(config).save_pretrained(str(home))
    return home


def about(home: Path, told: Mapping[str, object]) -> None:
    (home / "assay.json").write_text(json.dumps(told))
