"""Tiny random checkpoints of the models that serve engines and checks: sound, speech, captions, listening."""

import json
from pathlib import Path

import torch
from diffusers import (
    AceStepConditionEncoder,
    AceStepPipeline,
    AceStepTransformer1DModel,
    AutoencoderOobleck,
    AutoencoderSAME,
    FlowMatchEulerDiscreteScheduler,
    LongCatAudioDiTPipeline,
    LongCatAudioDiTTransformer,
    LongCatAudioDiTVae,
    StableAudio3DiTModel,
    StableAudio3DurationEmbedder,
    StableAudio3Pipeline,
)
from tokenizers import processors
from transformers import (
    BertTokenizerFast,
    BlipConfig,
    BlipForConditionalGeneration,
    BlipImageProcessorPil,
    BlipProcessor,
    Gemma3ImageProcessorPil,
    LlamaConfig,
    LlamaForCausalLM,
    PocketTTSAudioTokenizerConfig,
    PocketTTSAudioTokenizerModel,
    PocketTTSConfig,
    PocketTTSFeatureExtractor,
    PocketTTSForConditionalGeneration,
    PocketTTSProcessor,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3Model,
    ShieldGemma2Config,
    ShieldGemma2ForImageClassification,
    ShieldGemma2Processor,
    T5GemmaConfig,
    T5GemmaEncoderModel,
    T5GemmaModuleConfig,
    UMT5Config,
    UMT5EncoderModel,
    ViTConfig,
    ViTForImageClassification,
    ViTImageProcessorPil,
    VitsConfig,
    VitsModel,
    VitsTokenizer,
    WhisperConfig,
    WhisperFeatureExtractor,
    WhisperForConditionalGeneration,
    WhisperProcessor,
    WhisperTokenizer,
)

from tests.pipelines.engines.tiny.words import WORDS, vocabulary_size, word_tokenizer

_HEADS = {"num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8}


def ace_step(folder: Path) -> None:
    torch.manual_seed(0)
    shape = {"hidden_size": 16, "intermediate_size": 32, "sliding_window": 16, **_HEADS}
    read = Qwen3Config(
        vocab_size=vocabulary_size(), hidden_size=16, intermediate_size=32, num_hidden_layers=1, **_HEADS
    )
    AceStepPipeline(
        vae=AutoencoderOobleck(
            encoder_hidden_size=6,
            downsampling_ratios=[8, 8, 30],
            decoder_channels=3,
            decoder_input_channels=8,
            audio_channels=2,
            channel_multiples=[1, 2, 4],
            sampling_rate=48_000,
        ),
        text_encoder=Qwen3Model(read),
        tokenizer=word_tokenizer(),
        transformer=AceStepTransformer1DModel(
            num_hidden_layers=1, in_channels=24, audio_acoustic_hidden_dim=8, patch_size=2, **shape
        ),
        condition_encoder=AceStepConditionEncoder(
            text_hidden_dim=16,
            timbre_hidden_dim=8,
            num_lyric_encoder_hidden_layers=1,
            num_timbre_encoder_hidden_layers=1,
            **shape,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
    ).save_pretrained(folder)


def stable_audio(folder: Path) -> None:
    torch.manual_seed(0)
    width = 16
    module = T5GemmaModuleConfig(
        vocab_size=vocabulary_size(),
        hidden_size=width,
        intermediate_size=32,
        num_hidden_layers=1,
        max_position_embeddings=64,
        sliding_window=64,
        layer_types=["full_attention"],
        **_HEADS,
    ).to_dict()
    StableAudio3Pipeline(
        transformer=StableAudio3DiTModel(
            io_channels=8,
            patch_size=1,
            embed_dim=16,
            depth=1,
            num_heads=2,
            cond_token_dim=width,
            global_cond_dim=width,
            local_add_cond_dim=5,
            timestep_features_dim=16,
            ff_mult=2,
            num_memory_tokens=2,
            use_differential_attention=False,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
        vae=AutoencoderSAME(
            audio_channels=2,
            patch_size=16,
            encoder_channels=8,
            encoder_c_mults=(2,),
            encoder_strides=(16,),
            encoder_transformer_depths=(1,),
            latent_dim=8,
            use_differential_attention=False,
            dim_heads=4,
            ff_mult=2,
            sampling_rate=16_000,
        ),
        tokenizer=word_tokenizer(),
        text_encoder=T5GemmaEncoderModel(T5GemmaConfig(encoder=module, decoder=module, is_encoder_decoder=False)),
        duration_embedder=StableAudio3DurationEmbedder(output_dim=width, fourier_dim=16),
    ).save_pretrained(folder)


def longcat(folder: Path) -> None:
    torch.manual_seed(0)
    LongCatAudioDiTPipeline(
        tokenizer=word_tokenizer(),
        text_encoder=UMT5EncoderModel(
            UMT5Config(d_model=32, d_kv=8, num_layers=1, num_heads=2, d_ff=32, vocab_size=vocabulary_size())
        ),
        transformer=LongCatAudioDiTTransformer(
            dit_dim=32, dit_depth=1, dit_heads=2, dit_text_dim=32, latent_dim=8, text_conv=False
        ),
        vae=LongCatAudioDiTVae(
            in_channels=1,
            channels=8,
            c_mults=[1, 2],
            strides=[8],  # twice
            latent_dim=8,
            encoder_latent_dim=16,
            downsampling_ratio=64,
            sample_rate=24_000,
        ),
    ).save_pretrained(folder)


def vits(folder: Path) -> None:
    """Speech, as MMS has it: one letter is one token."""
    torch.manual_seed(0)
    folder.mkdir()
    letters = {letter: number for number, letter in enumerate("_ abcdefghijklmnopqrstuvwxyz'")}
    (folder / "letters.json").write_text(json.dumps(letters))
    VitsTokenizer(str(folder / "letters.json"), pad_token="_", unk_token="_", phonemize=False).save_pretrained(folder)
    VitsModel(
        VitsConfig(
            vocab_size=len(letters),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            ffn_dim=16,
            flow_size=8,
            spectrogram_bins=9,
            prior_encoder_num_flows=1,
            prior_encoder_num_wavenet_layers=1,
            posterior_encoder_num_wavenet_layers=1,
            duration_predictor_num_flows=1,
            depth_separable_num_layers=1,
            upsample_initial_channel=16,
            upsample_rates=[16, 16],
            upsample_kernel_sizes=[32, 32],
            resblock_kernel_sizes=[3],
            resblock_dilation_sizes=[[1]],
        )
    ).save_pretrained(folder)


def pocket(folder: Path) -> None:
    """Speech like a voice that it is given, with the codec that hears and makes it."""
    torch.manual_seed(0)
    marks = {
        **{"audio_prompt_bos_token": "<voice>", "audio_prompt_token": "<sample>"},
        **{"audio_latent_token": "<sound>", "audio_bos_token": "<speak>"},
    }
    plain = word_tokenizer().backend_tokenizer
    plain.post_processor = processors.TemplateProcessing(single="$A", special_tokens=[])
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain,
        pad_token="<pad>",
        unk_token="<unk>",
        padding_side="left",
        extra_special_tokens=marks,
    )
    numbers = {f"{name}_id": tokenizer.convert_tokens_to_ids(token) for name, token in marks.items()}
    layer = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    codec = PocketTTSAudioTokenizerConfig(
        num_filters=4, upsampling_ratios=[6, 5, 4], upsample_groups=16, num_key_value_heads=2, latent_dim=4, **layer
    )
    PocketTTSAudioTokenizerModel(codec).save_pretrained(folder / "codec")
    PocketTTSProcessor(
        PocketTTSFeatureExtractor(),
        tokenizer,
        audio_tokenizer=PocketTTSAudioTokenizerModel.from_pretrained(folder / "codec"),
    ).save_pretrained(folder)
    head = {"condition_dim": 16, "latent_dim": 4, "hidden_size": 16, "num_layers": 1}
    PocketTTSForConditionalGeneration(
        PocketTTSConfig(
            vocab_size=len(tokenizer), latent_dim=4, pad_token_id=0, flow_head_config=head, **numbers, **layer
        )
    ).save_pretrained(folder)


def blip(folder: Path) -> None:
    """Captions."""
    torch.manual_seed(0)
    folder.mkdir()
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[DEC]", "[ENC]", *WORDS]
    (folder / "vocab.txt").write_text("\n".join(tokens))
    text = {
        "vocab_size": len(tokens),
        "hidden_size": 16,
        "encoder_hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "bos_token_id": 5,
        "eos_token_id": 3,
        "sep_token_id": 3,
        "pad_token_id": 0,
    }
    seen = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    seen |= {"image_size": 32, "patch_size": 16}
    BlipForConditionalGeneration(
        BlipConfig(text_config=text, vision_config=seen, projection_dim=16, image_text_hidden_size=16)
    ).save_pretrained(folder)
    BlipProcessor(
        BlipImageProcessorPil(size={"height": 32, "width": 32}),
        BertTokenizerFast(vocab_file=str(folder / "vocab.txt")),
    ).save_pretrained(folder)


def whisper(folder: Path) -> None:
    """Listening."""
    torch.manual_seed(0)
    folder.mkdir()
    letters = "abcdefghijklmnopqrstuvwxyzĠ"
    marks = ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>"]
    vocabulary = {token: number for number, token in enumerate([*letters, *marks])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = WhisperTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))
    WhisperProcessor(WhisperFeatureExtractor(feature_size=80), tokenizer).save_pretrained(folder)
    model = WhisperForConditionalGeneration(
        WhisperConfig(
            vocab_size=len(vocabulary),
            d_model=16,
            encoder_layers=1,
            decoder_layers=1,
            encoder_attention_heads=2,
            decoder_attention_heads=2,
            encoder_ffn_dim=16,
            decoder_ffn_dim=16,
            num_mel_bins=80,
            decoder_start_token_id=28,
            pad_token_id=27,
            bos_token_id=27,
            eos_token_id=27,
        )
    )
    model.generation_config.update(suppress_tokens=None, begin_suppress_tokens=None)
    model.save_pretrained(folder)


def llama_guard(folder: Path) -> None:
    """A guard: it reads a conversation and answers with words of its own."""
    torch.manual_seed(0)
    tokenizer = word_tokenizer()
    tokenizer.chat_template = "{% for message in messages %}{{ message['content'][0]['text'] }}{% endfor %}"
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    LlamaForCausalLM(LlamaConfig(vocab_size=vocabulary_size(), pad_token_id=0, **shape)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def nsfw(folder: Path) -> None:
    """A classifier that is sure of every picture."""
    torch.manual_seed(0)
    shape = {"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    labels = {"id2label": {0: "normal", 1: "nsfw"}, "label2id": {"normal": 0, "nsfw": 1}}
    model = ViTForImageClassification(ViTConfig(image_size=32, patch_size=16, **shape, **labels))
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor([-4.0, 4.0]))
    model.save_pretrained(folder)
    ViTImageProcessorPil(size={"height": 32, "width": 32}).save_pretrained(folder)


def shield_gemma(folder: Path) -> None:
    """A model that is asked about a picture, one policy at a time, and answers yes or no."""
    torch.manual_seed(0)
    tokenizer = word_tokenizer("left", boi_token="<boi>", eoi_token="<eoi>", image_token="<img>")
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1}
    config = ShieldGemma2Config(
        text_config={"model_type": "gemma3_text", "vocab_size": len(tokenizer), **shape, **_HEADS},
        vision_config={
            "model_type": "siglip_vision_model",
            "image_size": 32,
            "patch_size": 8,
            "num_attention_heads": 2,
            **shape,
        },
        mm_tokens_per_image=4,
        boi_token_index=tokenizer.boi_token_id,
        eoi_token_index=tokenizer.eoi_token_id,
        image_token_index=tokenizer.image_token_id,
        yes_token_index=5,
        no_token_index=6,
    )
    model = ShieldGemma2ForImageClassification(config)
    with torch.no_grad():
        model.model.model.multi_modal_projector.mm_input_projection_weight.normal_()  # else all pictures are alike
    model.save_pretrained(folder)
    template = (
        "{% for part in messages[0]['content'] %}{{ part['text'] if part['type'] == 'text' else '<boi>' }}{% endfor %}"
    )
    images = Gemma3ImageProcessorPil(size={"height": 32, "width": 32})
    ShieldGemma2Processor(images, tokenizer, chat_template=template, image_seq_length=4).save_pretrained(folder)
