#include "core/run/circuits_found.h"

#include "core/base/error.h"
#include "core/formats/file_content.h"

#include <algorithm>
#include <optional>

namespace circuitloom {

namespace fs = std::filesystem;

bool holds_circuits(const fs::path& path)
{
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored))
        return path.extension() == ".jsonl";
    if (!fs::is_directory(path, ignored) || fs::exists(path / "config.json", ignored)
        || is_series(path))
        return false;
    const fs::directory_iterator entries(path, ignored);
    return std::any_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
        return entry.path().extension() == ".json"
            && content_of(entry.path()) == FileContent::scores;
    });
}

FoundCircuits look_at_circuits(const fs::path& path, const CheckpointSeries::LookProgress& progress)
{
    const std::vector<fs::path> paths{ path };
    const CircuitSeries series = open_circuit_series(paths, {}).front();
    FoundCircuits found{ series.name, series.layout, {}, series.notes };
    for (const UnusedCircuit& one : series.unused)
        found.circuits.unused.push_back({ one.name, one.why });
    std::optional<InputError> wrong; // with the first damaged one
    const std::size_t total = series.steps.size();
    for (std::size_t i = 0; i < total; ++i) {
        if (progress)
            progress(series.names[i], static_cast<int>(i), static_cast<int>(total));
        try {
            series.read(i);
            found.circuits.used.push_back({ series.names[i], path, series.steps[i] });
        } catch (const InputError& error) {
            if (!wrong)
                wrong = error;
            const UnusedCircuit one = unused_circuit(series.names[i], error.what());
            found.circuits.unused.push_back({ one.name, one.why });
        }
    }
    if (found.circuits.used.empty())
        throw InputError(wrong.value());
    return found;
}

} // namespace circuitloom
