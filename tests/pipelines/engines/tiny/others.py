"""Tiny random checkpoints of Kandinsky 6, Cosmos 3 and HunyuanVideo 1.5."""

import torch
from diffusers import (
    AutoencoderKLHunyuanVideo,
    AutoencoderKLHunyuanVideo15,
    ClassifierFreeGuidance,
    Cosmos3AVAEAudioTokenizer,
    Cosmos3OmniPipeline,
    Cosmos3OmniTransformer,
    FlowMatchEulerDiscreteScheduler,
    HunyuanVideo15Pipeline,
    HunyuanVideo15Transformer3DModel,
    Kandinsky6TI2VAPipeline,
    Kandinsky6Transformer3DModel,
    MMAudioVAE,
    MMAudioVocoder,
    UniPCMultistepScheduler,
)
from transformers import (
    ByT5Tokenizer,
    CLIPTextConfig,
    CLIPTextModel,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2_5_VLTextConfig,
    Qwen2_5_VLTextModel,
    T5Config,
    T5EncoderModel,
)

from tests.pipelines.engines.tiny.wan import autoencoder as wan_autoencoder
from tests.pipelines.engines.tiny.words import vocabulary_size, word_tokenizer

CHAT = "{% for message in messages %}{{ message['content'] }} {% endfor %}"
_QWEN = {
    "vocab_size": vocabulary_size(),
    "hidden_size": 16,
    "intermediate_size": 16,
    "num_hidden_layers": 3,
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "rope_scaling": {"mrope_section": [1, 1, 2], "rope_type": "default", "type": "default"},
}


def kandinsky6() -> Kandinsky6TI2VAPipeline:
    torch.manual_seed(0)
    seen = {"depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": 16}
    reader = Qwen2_5_VLForConditionalGeneration(Qwen2_5_VLConfig(text_config=_QWEN, vision_config=seen))
    pooled = CLIPTextConfig(
        vocab_size=vocabulary_size(),
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=77,
    )
    transformer = Kandinsky6Transformer3DModel(
        in_visual_dim=4,
        out_visual_dim=4,
        in_text_dim=16,
        in_text_dim2=16,
        time_dim=16,
        model_dim=16,
        ff_dim=32,
        num_text_blocks=1,
        num_visual_blocks=1,
        axes_dims=(4, 6, 6),
        in_audio_dim=4,
        out_audio_dim=4,
        model_dim_a=16,
        time_dim_a=16,
        ff_dim_a=32,
        axes_dims_a=(16,),
        visual_token_type_num_embeddings=2,
    )
    vae = AutoencoderKLHunyuanVideo(
        latent_channels=4,
        block_out_channels=(8, 8, 8, 8),
        layers_per_block=1,
        norm_num_groups=4,
        mid_block_add_attention=False,
    )
    return Kandinsky6TI2VAPipeline(
        transformer=transformer.eval(),
        vae=vae.eval(),
        text_encoder=reader.eval(),
        tokenizer=word_tokenizer(),  # the real one is a processor that also reads pictures; texts pass through it
        text_encoder_2=CLIPTextModel(pooled).eval(),
        tokenizer_2=word_tokenizer(),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=5.0),
        audio_vae=MMAudioVAE(
            mel_bins=8, latent_channels=4, hidden_channels=8, channel_multipliers=(1, 2), layers_per_block=1
        ).eval(),
        vocoder=MMAudioVocoder(
            num_mels=8,
            upsample_initial_channel=32,
            upsample_rates=(8, 8, 8),
            upsample_kernel_sizes=(16, 16, 16),
            resblock_kernel_sizes=(3,),
            resblock_dilation_sizes=((1,),),
        ).eval(),
    )


def cosmos3() -> Cosmos3OmniPipeline:
    torch.manual_seed(0)
    tokenizer = word_tokenizer()
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|vision_start|>"]})
    tokenizer.chat_template = CHAT
    transformer = Cosmos3OmniTransformer(
        dtype="float32",
        head_dim=6,
        hidden_size=6,
        intermediate_size=12,
        latent_channel=16,
        latent_patch_size=1,
        num_attention_heads=1,
        num_hidden_layers=1,
        num_key_value_heads=1,
        patch_latent_dim=16,
        rope_axes_dim=[1, 1, 1],
        vocab_size=vocabulary_size() + 1,
        sound_gen=True,
        sound_dim=8,
    )
    ears = Cosmos3AVAEAudioTokenizer(
        vocoder_input_dim=8, dec_dim=4, dec_c_mults=(1, 2), dec_strides=(40, 48), encoder_enabled=False
    )
    return Cosmos3OmniPipeline(
        transformer=transformer.eval(),
        text_tokenizer=tokenizer,
        vae=wan_autoencoder(),
        scheduler=UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0),
        sound_tokenizer=ears.eval(),
        enable_safety_checker=False,
    )


def hunyuan15() -> HunyuanVideo15Pipeline:
    torch.manual_seed(0)
    tokenizer = word_tokenizer()
    tokenizer.chat_template = CHAT
    transformer = HunyuanVideo15Transformer3DModel(
        in_channels=9,
        out_channels=4,
        num_attention_heads=2,
        attention_head_dim=8,
        num_layers=1,
        num_refiner_layers=1,
        mlp_ratio=2.0,
        text_embed_dim=16,
        text_embed_2_dim=32,
        image_embed_dim=12,
        rope_axes_dim=(2, 2, 4),
        target_size=16,
        task_type="t2v",
    )
    vae = AutoencoderKLHunyuanVideo15(
        latent_channels=4,
        block_out_channels=(16, 16, 16, 16, 16),
        layers_per_block=1,
        downsample_match_channel=False,
        upsample_match_channel=False,
    )
    glyphs = T5Config(vocab_size=384, d_model=32, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    return HunyuanVideo15Pipeline(
        text_encoder=Qwen2_5_VLTextModel(Qwen2_5_VLTextConfig(**_QWEN)).eval(),
        tokenizer=tokenizer,
        transformer=transformer.eval(),
        vae=vae.eval(),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0),
        text_encoder_2=T5EncoderModel(glyphs).eval(),
        tokenizer_2=ByT5Tokenizer(),
        guider=ClassifierFreeGuidance(guidance_scale=1.0),
    )
