#include "core/run/sweep.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/base/utf8.h"
#include "core/run/run_options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace circuitloom {

namespace {

[[noreturn]] void refuse(std::string_view text)
{
    throw InputError("--sweep is " + for_message(text)
        + "; it must be SETTING=VALUE,VALUE,… or a range, as in circuit.top_n=10..90+20 or "
          "optimizer.learning_rate=1e-4..1e-1*10.");
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

std::string shortest(double value)
{
    char text[32];
    const auto result = std::to_chars(text, text + sizeof text, value);
    return { text, result.ptr };
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
        // What a decimal sum or product should have given.
        return number(significant(value)).value_or(value);
    }
    bool is_sensible() const
    {
        return operation == '+' ? step > 0 && first <= last
                                : step > 1 && first > 0 && first <= last;
    }

private:
    static std::string significant(double value)
    {
        char text[32];
        const auto result
            = std::to_chars(text, text + sizeof text, value, std::chars_format::general, 12);
        return { text, result.ptr };
    }
};

// Nothing where the text is no range: it may be a value with dots in it.
std::optional<Range> range_of(std::string_view text)
{
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = text.substr(dots + 2);
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] != '*' && rest[i] != '+')
            continue;
        const auto first = number(text.substr(0, dots));
        const auto last = number(rest.substr(0, i));
        const auto step = number(rest.substr(i + 1));
        if (first && last && step)
            return Range{ *first, *last, rest[i], *step };
    }
    return std::nullopt;
}

std::vector<std::string> values_of(const Range& range, std::string_view text)
{
    if (!range.is_sensible())
        refuse(text);
    std::vector<std::string> values;
    constexpr double rounding = 1 + 1e-9;
    for (int i = 0; range.at(i) <= std::max(range.last * rounding, range.last); ++i) {
        if (values.size() == most_sweep_runs)
            throw InputError("--sweep " + for_message(text) + " has more than "
                + std::to_string(most_sweep_runs) + " values.");
        values.push_back(shortest(range.at(i)));
    }
    return values;
}

std::string last_part(std::string_view setting)
{
    return std::string(setting.substr(setting.rfind('.') + 1));
}

std::string name_of(std::span<const SweepAxis> axes, const SweepRun& run)
{
    std::string name;
    for (std::size_t i = 0; i < axes.size(); ++i)
        name += last_part(axes[i].setting) + " " + run.values[i] + ", ";
    return name + "seed " + std::to_string(run.config.seed);
}

void require_axes(std::span<const SweepAxis> axes, int seeds)
{
    std::size_t runs = static_cast<std::size_t>(std::max(seeds, 1));
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (axes[i].setting == "seed")
            throw InputError("--sweep cannot go over the seed; --seeds says how many there are.");
        if (axes[i].setting == "name")
            throw InputError("--sweep cannot go over the name: each run is named after its values.");
        for (std::size_t j = 0; j < i; ++j)
            if (axes[j].setting == axes[i].setting)
                throw InputError("--sweep names " + axes[i].setting + " twice.");
        runs *= axes[i].values.size();
        if (runs > most_sweep_runs)
            throw InputError("The sweep has more than " + std::to_string(most_sweep_runs)
                + " runs; give it fewer values.");
    }
}

} // namespace

SweepAxis parse_sweep_axis(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0)
        refuse(text);
    SweepAxis axis{ std::string(text.substr(0, equals)), {} };
    const std::string_view values = text.substr(equals + 1);
    if (const auto range = range_of(values)) {
        axis.values = values_of(*range, text);
        return axis;
    }
    for (std::size_t begin = 0; begin <= values.size();) {
        const std::size_t end = std::min(values.find(',', begin), values.size());
        std::string value(values.substr(begin, end - begin));
        if (value.empty())
            refuse(text);
        if (std::ranges::find(axis.values, value) != axis.values.end())
            throw InputError(
                "--sweep " + axis.setting + " has the value " + for_message(value) + " twice.");
        axis.values.push_back(std::move(value));
        begin = end + 1;
    }
    return axis;
}

std::vector<SweepRun> sweep_runs(
    const RunConfig& base, std::span<const SweepAxis> axes, int seeds)
{
    require_axes(axes, seeds);
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
