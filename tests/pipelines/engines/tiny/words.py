"""Tokenizers that need no download: every word of a small list is one token, and what is not in it is `<unk>`."""

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

# fmt: off
WORDS = [
    "a", "the", "dog", "cat", "ball", "beach", "robot", "runs", "jumps", "swims", "in", "on", "at", "dawn", "night",
    "rain", "sea", "red", "blue", "camera", "shot", "wide", "close",
]  # fmt: on
SPECIAL = ["<pad>", "</s>", "<s>", "<unk>"]
LONGEST = 512  # tokens


def vocabulary_size() -> int:
    return len(SPECIAL) + len(WORDS)


def word_tokenizer(padding_side: str = "right", **marks: str) -> PreTrainedTokenizerFast:
    """Ends a text with </s>, as T5's does, and begins it with <s>, as Gemma's does. `marks` are further special tokens
    by name, such as `image_token`."""
    vocabulary = {word: number for number, word in enumerate([*SPECIAL, *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    ends = [(token, vocabulary[token]) for token in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        eos_token="</s>",
        bos_token="<s>",
        unk_token="<unk>",
        padding_side=padding_side,
        model_max_length=LONGEST,
        extra_special_tokens=marks,
    )
