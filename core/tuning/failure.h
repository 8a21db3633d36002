#pragma once

#include <exception>
#include <functional>
#include <string>

namespace circuitloom {

class Ranks;

/// What makes a run need less memory, in a sentence.
inline constexpr const char* run_with_less_memory
    = "Lower run.batch or task.max_tokens, or choose a smaller model; what the run stored is kept.";

/// Whether the exception being handled says that memory ran out, the computer's or a card's, in this
/// process or in another one of the run. Call it inside a catch block.
bool says_out_of_memory();

/// Does `work`. Where memory runs out in it, here or in another process, all processes learn of it
/// and get what says so; null where there was enough. Everything else is thrown on. All call it in
/// the same order, and `work` ends with an exchange, so that none is further than another.
std::exception_ptr out_of_memory_in(const Ranks& ranks, const std::function<void()>& work);

/// A sentence or two for users on what the exception being handled means and what to do, without the
/// backtrace that LibTorch puts into its messages. `less_memory` (a sentence) says what would need
/// less, for where memory ran out. Call it inside a catch block.
std::string failure_in_words(const std::string& less_memory = run_with_less_memory);

} // namespace circuitloom
