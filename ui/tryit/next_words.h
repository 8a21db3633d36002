#pragma once

#include "core/run/questions.h"

#include <QString>

#include <array>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// The models that are asked about one text, side by side.
enum class Asked
{
    now, ///< the model of the iteration that is shown
    start, ///< the model that the run began with
    circuit ///< the model now, of which all but its circuit is ablated
};
inline constexpr std::size_t asked_count = 3;

/// What they answered; nothing while that is not known.
using AskedAnswers = std::array<std::optional<NextTokenAnswer>, asked_count>;

/// One possible next token and its probability by each model, 0…1.
struct NextWord
{
    enum class Mark
    {
        none,
        target,
        alternative
    };

    QString word;
    std::array<std::optional<double>, asked_count> chances{};
    Mark mark = Mark::none;
    bool operator==(const NextWord&) const = default;
};

/// The `most` tokens that are likeliest by any model, and beside them target and alternative,
/// which are the first and the second of the answers' candidates where there are any. In falling
/// order of their probability now, or by the first model that answered. The answers must have
/// every token's log-probability, and the texts of the `most` likeliest.
std::vector<NextWord> next_words(const AskedAnswers& answers, int most);

/// As in "12 %", "0.03 %", "<0.01 %".
QString chance_text(double share);

} // namespace circuitloom::ui
