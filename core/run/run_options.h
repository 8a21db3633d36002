#pragma once

#include "core/run/run_config.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace circuitloom {

/// What `run.accumulate` may be at most.
inline constexpr int most_accumulated = 65536;

/// What a dialog says of one of a choice's words.
struct ChoiceWords
{
    std::string_view title;
    std::string_view help; ///< a sentence
};

/// A value that is one of a few words.
struct Choice
{
    std::span<const std::string_view> names;
    /// Throws InputError where the value is one that cannot be chosen here.
    std::function<std::size_t()> get;
    std::function<void(std::size_t)> set;
    std::span<const ChoiceWords> words = {}; ///< of each name; empty where the names say enough
};

template <class Number>
struct Bounded
{
    Number* value;
    Number least;
    Number most;
};

/// One setting of a RunConfig as files and `--set` name it; `value` points into that RunConfig.
struct RunOption
{
    std::string_view section; ///< empty at the top level
    std::string_view key;
    std::string_view help; ///< what it does, in a sentence or two for users
    std::variant<std::string*, bool*, Bounded<int>, Bounded<double>, Bounded<std::uint64_t>, Choice>
        value;

    /// As in `optimizer.learning_rate`.
    std::string name() const;
    /// Its value as `--set` takes it.
    std::string text() const;
    /// What it may be, as in "a whole number from 1 to 10000000".
    std::string allowed() const;
};

/// The name that stands for one which files of earlier versions have; `name` itself for all others.
std::string_view current_name(std::string_view name);

/// Every setting but the capabilities, section by section, in the order of the file.
std::vector<RunOption> options_of(RunConfig& config);

} // namespace circuitloom
