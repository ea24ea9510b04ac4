"""Tiny random checkpoints of the Wan classes, and of those that share its autoencoder and its text encoder."""

import torch
from diffusers import (
    AnyFlowPipeline,
    AnyFlowTransformer3DModel,
    AutoencoderKLWan,
    DPMSolverMultistepScheduler,
    FlowMapEulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    HeliosDMDScheduler,
    HeliosPyramidPipeline,
    HeliosTransformer3DModel,
    SanaVideoPipeline,
    SanaVideoTransformer3DModel,
    UniPCMultistepScheduler,
    WanImageToVideoPipeline,
    WanPipeline,
    WanTransformer3DModel,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from transformers import Gemma2Config, Gemma2Model, UMT5Config, UMT5EncoderModel

from tests.pipelines.engines.tiny.words import vocabulary_size, word_tokenizer

TEXT_WIDTH = 32
_ATTENTION = {"patch_size": (1, 2, 2), "num_attention_heads": 2, "attention_head_dim": 12, "num_layers": 2}
_WIDTHS = {"in_channels": 16, "out_channels": 16, "text_dim": TEXT_WIDTH, "freq_dim": 32, "ffn_dim": 32}


def autoencoder() -> AutoencoderKLWan:
    """8 times smaller in space, 4 times in time, 16 channels: as in Wan 2.1."""
    torch.manual_seed(0)
    return AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    )


def text_encoder() -> UMT5EncoderModel:
    torch.manual_seed(0)
    sizes = {"d_model": TEXT_WIDTH, "d_kv": 8, "d_ff": 32, "num_layers": 1, "num_heads": 2}
    return UMT5EncoderModel(UMT5Config(vocab_size=vocabulary_size(), **sizes)).eval()


def wan_transformer(**changes: object) -> WanTransformer3DModel:
    torch.manual_seed(0)
    return WanTransformer3DModel(**{**_ATTENTION, **_WIDTHS, "rope_max_seq_len": 64, **changes}).eval()


def wan() -> WanPipeline:
    """Text, image (through the other class) and video to video, one transformer: Wan 2.1 1.3B and Wan 2.2 5B."""
    return WanPipeline(
        tokenizer=word_tokenizer(),
        text_encoder=text_encoder(),
        vae=autoencoder(),
        scheduler=UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0),
        transformer=wan_transformer(),
        transformer_2=None,
    )


def wan_two_experts() -> WanPipeline:
    """One transformer for the first, noisy steps and one for the rest: Wan 2.2 A14B."""
    return WanPipeline(
        tokenizer=word_tokenizer(),
        text_encoder=text_encoder(),
        vae=autoencoder(),
        scheduler=UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0),
        transformer=wan_transformer(),
        transformer_2=wan_transformer(),
        boundary_ratio=0.875,
    )


def wan_from_image() -> WanImageToVideoPipeline:
    """Two transformers that are shown a first picture: Wan 2.2 I2V A14B."""
    return WanImageToVideoPipeline(
        tokenizer=word_tokenizer(),
        text_encoder=text_encoder(),
        vae=autoencoder(),
        scheduler=UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0),
        transformer=wan_transformer(in_channels=36),
        transformer_2=wan_transformer(in_channels=36),
        boundary_ratio=0.9,
    )


def wan_vace() -> WanVACEPipeline:
    torch.manual_seed(0)
    transformer = WanVACETransformer3DModel(
        **{**_ATTENTION, **_WIDTHS}, rope_max_seq_len=64, vace_layers=[0, 1], vace_in_channels=96
    )
    return WanVACEPipeline(
        tokenizer=word_tokenizer(),
        text_encoder=text_encoder(),
        vae=autoencoder(),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0),
        transformer=transformer.eval(),
        transformer_2=None,
    )


def helios() -> HeliosPyramidPipeline:
    torch.manual_seed(0)
    transformer = HeliosTransformer3DModel(
        **_ATTENTION, **_WIDTHS, rope_dim=(4, 4, 4), has_multi_term_memory_patch=True, guidance_cross_attn=True
    )
    return HeliosPyramidPipeline(
        tokenizer=word_tokenizer(),
        text_encoder=text_encoder(),
        vae=autoencoder(),
        scheduler=HeliosDMDScheduler(),
        transformer=transformer.eval(),
        is_distilled=True,
    )


def anyflow() -> AnyFlowPipeline:
    torch.manual_seed(0)
    transformer = AnyFlowTransformer3DModel(
        **_ATTENTION, **_WIDTHS, rope_max_seq_len=64, gate_value=0.25, deltatime_type="r"
    )
    return AnyFlowPipeline(
        tokenizer=word_tokenizer(),
        text_encoder=text_encoder(),
        vae=autoencoder(),
        scheduler=FlowMapEulerDiscreteScheduler(num_train_timesteps=1000, shift=5.0),
        transformer=transformer.eval(),
    )


def sana_video() -> SanaVideoPipeline:
    torch.manual_seed(0)
    read = Gemma2Config(
        vocab_size=vocabulary_size(),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=8,
    )
    transformer = SanaVideoTransformer3DModel(
        in_channels=16,
        out_channels=16,
        num_attention_heads=2,
        attention_head_dim=12,
        num_layers=2,
        num_cross_attention_heads=2,
        cross_attention_head_dim=12,
        cross_attention_dim=24,
        caption_channels=16,
        sample_size=8,
        patch_size=(1, 2, 2),
        qk_norm="rms_norm_across_heads",
        rope_max_seq_len=64,
    )
    return SanaVideoPipeline(
        tokenizer=word_tokenizer(),
        text_encoder=Gemma2Model(read).eval(),
        vae=autoencoder(),
        transformer=transformer.eval(),
        scheduler=DPMSolverMultistepScheduler(
            prediction_type="flow_prediction", use_flow_sigmas=True, algorithm_type="dpmsolver++"
        ),
    )
