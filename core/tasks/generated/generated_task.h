#pragma once

#include "core/base/random.h"
#include "core/tasks/task.h"
#include "core/tokenizer/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A ready-made task in plain English, for models that have read some. Every example ends with its
/// one target and has a corrupted text, in which one word or number before the target is changed.
struct GeneratedTask
{
    std::string_view name;
    std::string_view description;
    TaskExample (*draw)(Random&);
};

/// `ioi`, `greater-than`, `agreement`, `pronoun-gender`. Each has sentences of the same kind that
/// it never draws, under NAME-held-out.
std::span<const GeneratedTask> generated_tasks();
/// Whether it names one of them, held out or not.
bool is_generated_task(std::string_view name);

/// What a ready-made task's name alone stands for, as in `--task ioi`.
inline constexpr std::size_t generated_examples = 2000;
inline constexpr std::uint64_t generated_seed = 1;

/// At most `examples` different ones, the same for the same seed. Throws InputError for unknown
/// names.
std::vector<TaskExample> generate_task(
    std::string_view name, std::size_t examples, std::uint64_t seed);

struct GeneratedExamples
{
    std::vector<TaskExample> examples;
    std::vector<LeftOut> left_out; ///< those drawn that are not well formed, and why
};

/// Draws until `examples` different ones are well formed for `tokenizer` (see why_ill_formed()), or
/// so many were drawn that there is little hope.
GeneratedExamples generate_task(
    std::string_view name, std::size_t examples, std::uint64_t seed, const Tokenizer& tokenizer);

} // namespace circuitloom
