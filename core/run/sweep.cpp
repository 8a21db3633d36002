#include "core/run/sweep.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/base/trimmed.h"
#include "core/base/utf8.h"
#include "core/run/run_options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

namespace circuitloom {

namespace {

[[noreturn]] void refuse(std::string_view setting, std::string_view values)
{
    throw InputError(std::string(setting) + " cannot take the values " + for_message(values)
        + "; they are written 10,30,100 or as a range with both ends, as in 10..90+20 or "
          "1e-4..1e-1*10.");
}

std::optional<double> number(std::string_view text)
{
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()
        || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// A range as it was written: from `first` to `last`, each a step from the one before.
struct Range
{
    double first = 0;
    double last = 0;
    char operation = '+';
    double step = 0;

    double at(int index) const
    {
        // Not step by step, so that no rounding adds up.
        const double value
            = operation == '+' ? first + index * step : first * std::pow(step, index);
        // A sum that should be 0 keeps the rounding of what was added: all its digits are wrong.
        if (index > 0 && operation == '+' && std::abs(value) <= rounding * step)
            return 0;
        // What a decimal sum or product should have given.
        return number(significant(value)).value_or(value);
    }
    bool reaches(int index) const
    {
        return at(index) <= last + rounding * (operation == '+' ? step : last);
    }
    bool is_sensible() const
    {
        return operation == '+' ? step > 0 && first <= last
                                : step > 1 && first > 0 && first <= last;
    }

private:
    static constexpr double rounding = 1e-9; ///< of the step, or of a product

    static std::string significant(double value)
    {
        char text[32];
        const auto result
            = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 12);
        return { text, result.ptr };
    }
};

/// Where in `text` the last end of a range stops, and how many letters say what to do with the step.
struct StepWord
{
    std::size_t at = std::string_view::npos;
    std::size_t length = 0;
    char operation = '+';
};

StepWord step_word(std::string_view text)
{
    for (const auto& [word, operation] : { std::pair<std::string_view, char>{ " step ", '+' },
             { " times ", '*' } })
        if (const std::size_t at = text.find(word); at != std::string_view::npos)
            return { at, word.size(), operation };
    for (std::size_t i = 1; i < text.size(); ++i) {
        const bool in_exponent = text[i - 1] == 'e' || text[i - 1] == 'E'; // as in 1e+3
        if ((text[i] == '*' || text[i] == '+') && !in_exponent)
            return { i, 1, text[i] };
    }
    return {};
}

// Nothing where the text is no range: it may be a value with dots in it.
std::optional<Range> range_of(std::string_view text)
{
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = text.substr(dots + 2);
    const StepWord word = step_word(rest);
    if (word.at == std::string_view::npos)
        return std::nullopt;
    const auto first = number(trimmed(text.substr(0, dots)));
    const auto last = number(trimmed(rest.substr(0, word.at)));
    const auto step = number(trimmed(rest.substr(word.at + word.length)));
    if (!first || !last || !step)
        return std::nullopt;
    return Range{ *first, *last, word.operation, *step };
}

std::vector<std::string> values_of(
    const Range& range, std::string_view setting, std::string_view text)
{
    if (!range.is_sensible())
        refuse(setting, text);
    std::vector<std::string> values;
    for (int i = 0; range.reaches(i); ++i) {
        if (values.size() == most_sweep_runs)
            throw InputError(std::string(setting) + " would take more than "
                + std::to_string(most_sweep_runs) + " values with " + for_message(text)
                + "; give it a larger step.");
        values.push_back(shortest(range.at(i)));
    }
    return values;
}

[[noreturn]] void refuse_twice(std::string_view setting, std::string_view value)
{
    throw InputError(
        std::string(setting) + " has the value " + for_message(value) + " twice.");
}

// Two texts may say the same.
void require_different_values(const RunConfig& base, const SweepAxis& axis)
{
    std::set<std::string> written;
    for (const std::string& value : axis.values) {
        RunConfig config = base;
        set_run_option(config, axis.setting + "=" + value);
        for (const RunOption& option : options_of(config))
            if (option.name() == axis.setting && !written.insert(option.text()).second)
                refuse_twice(axis.setting, value);
    }
}

std::string last_part(std::string_view setting)
{
    return std::string(setting.substr(setting.rfind('.') + 1));
}

std::string name_of(std::span<const SweepAxis> axes, const SweepRun& run)
{
    std::string name = axes.empty() ? run.config.name + ", " : std::string();
    for (std::size_t i = 0; i < axes.size(); ++i)
        name += last_part(axes[i].setting) + " " + run.values[i] + ", ";
    return name + "seed " + std::to_string(run.config.seed);
}

void require_axes(std::span<const SweepAxis> axes, int seeds)
{
    std::size_t runs = static_cast<std::size_t>(std::max(seeds, 1));
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (axes[i].setting == "seed")
            throw InputError("seed cannot be swept; the number of seeds says how many there are.");
        if (axes[i].setting == "name")
            throw InputError("name cannot be swept: each run is named after its values.");
        for (std::size_t j = 0; j < i; ++j)
            if (axes[j].setting == axes[i].setting)
                throw InputError(axes[i].setting + " is swept twice; give all its values at one place.");
        runs *= axes[i].values.size();
        if (runs > most_sweep_runs)
            throw InputError("The sweep has more than " + std::to_string(most_sweep_runs)
                + " runs; give it fewer values.");
    }
}

} // namespace

SweepAxis sweep_axis(std::string_view setting, std::string_view text)
{
    const std::string_view values = trimmed(text);
    SweepAxis axis{ std::string(setting), {} };
    if (const auto range = range_of(values)) {
        axis.values = values_of(*range, setting, values);
        return axis;
    }
    for (std::size_t begin = 0; begin <= values.size();) {
        const std::size_t end = std::min(values.find(',', begin), values.size());
        std::string value(trimmed(values.substr(begin, end - begin)));
        if (value.empty())
            refuse(setting, values);
        if (std::ranges::find(axis.values, value) != axis.values.end())
            refuse_twice(setting, value);
        axis.values.push_back(std::move(value));
        begin = end + 1;
    }
    return axis;
}

SweepAxis parse_sweep_axis(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0)
        throw InputError("--sweep is " + for_message(text)
            + "; it must be SETTING=VALUES, as in circuit.top_n=10,30,100 or "
              "optimizer.learning_rate=1e-4..1e-1*10.");
    return sweep_axis(text.substr(0, equals), text.substr(equals + 1));
}

std::string axis_text(const SweepAxis& axis)
{
    std::string text;
    for (const std::string& value : axis.values)
        text += (text.empty() ? "" : ",") + value;
    return axis.setting + "=" + text;
}

std::vector<SweepRun> sweep_runs(
    const RunConfig& base, std::span<const SweepAxis> axes, int seeds)
{
    require_axes(axes, seeds);
    for (const SweepAxis& axis : axes)
        require_different_values(base, axis);
    std::vector<SweepRun> runs{ { base, {} } };
    for (const SweepAxis& axis : axes) {
        std::vector<SweepRun> longer;
        for (const SweepRun& run : runs)
            for (const std::string& value : axis.values) {
                SweepRun& next = longer.emplace_back(run);
                set_run_option(next.config, axis.setting + "=" + value);
                next.values.push_back(value);
            }
        runs = std::move(longer);
    }
    std::vector<SweepRun> all;
    for (const SweepRun& run : runs)
        for (int i = 0; i < std::max(seeds, 1); ++i) {
            SweepRun& one = all.emplace_back(run);
            one.config.seed += static_cast<std::uint64_t>(i);
            one.config.name = name_of(axes, one);
            validate(one.config);
        }
    return all;
}

} // namespace circuitloom
