#pragma once

#include <cstdint>

namespace circuitloom {

// Each decodes one block of one of ggml's quantised types: so many bytes from `block` on, to so
// many floats from `out` on (see block_size()).
// Layouts: ggml-common.h and ggml-quants.c of https://github.com/ggml-org/ggml.

void decode_q8_0(const std::uint8_t* block, float* out);
void decode_q4_0(const std::uint8_t* block, float* out);
void decode_q4_1(const std::uint8_t* block, float* out);
void decode_q5_0(const std::uint8_t* block, float* out);
void decode_q5_1(const std::uint8_t* block, float* out);
void decode_q2_k(const std::uint8_t* block, float* out);
void decode_q3_k(const std::uint8_t* block, float* out);
void decode_q4_k(const std::uint8_t* block, float* out);
void decode_q5_k(const std::uint8_t* block, float* out);
void decode_q6_k(const std::uint8_t* block, float* out);
void decode_iq4_nl(const std::uint8_t* block, float* out);
void decode_iq4_xs(const std::uint8_t* block, float* out);
void decode_mxfp4(const std::uint8_t* block, float* out);

} // namespace circuitloom
