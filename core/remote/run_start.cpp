#include "core/remote/run_start.h"

#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/base/utf8.h"
#include "core/run/sweep.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace circuitloom {

namespace {

constexpr int most_names = 10000;
constexpr std::streamoff longest_tail = 4096;

/// A new file beside `file`, as in run-3.toml. Gives its descriptor.
int make_beside(const std::filesystem::path& file, std::filesystem::path& name)
{
    for (int number = 1; number <= most_names; ++number) {
        name = file.parent_path() / file.stem();
        name += "-" + std::to_string(number) + ".toml";
        const int descriptor = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

void write_configuration(
    const std::filesystem::path& file, const std::string& text, std::filesystem::path& name)
{
    const int descriptor = make_beside(file, name);
    const bool written = descriptor >= 0
        && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int why = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!written)
        throw ResourceError(
            name.string() + " cannot be written: " + std::strerror(why) + ".");
}

/// Of circuitloom-cli tune. Throws InputError where they make no sweep.
std::vector<std::string> sweep_options(const RunConfig& base, const SweepToStart& sweep)
{
    if (sweep.is_one_run())
        return {};
    std::vector<SweepAxis> axes;
    std::vector<std::string> words;
    for (const std::string& axis : sweep.axes) {
        axes.push_back(parse_sweep_axis(axis));
        words.insert(words.end(), { "--sweep", axis });
    }
    sweep_runs(base, axes, sweep.seeds);
    words.insert(words.end(), { "--seeds", std::to_string(sweep.seeds) });
    return words;
}

std::string last_line_of(const std::filesystem::path& log)
{
    std::ifstream text(log, std::ios::binary | std::ios::ate);
    const std::streamoff size = text.tellg();
    text.seekg(std::max<std::streamoff>(0, size - longest_tail));
    std::string last;
    for (std::string line; std::getline(text, line);)
        if (!line.empty())
            last = line;
    return last;
}

} // namespace

StartedRun::StartedRun(const std::filesystem::path& program, const std::filesystem::path& file,
    const std::string& configuration, const SweepToStart& sweep)
{
    const RunConfig base = parse_run_config(configuration, "The configuration");
    const std::vector<std::string> options = sweep_options(base, sweep);
    const std::filesystem::path whole = std::filesystem::absolute(file);
    write_configuration(whole, configuration, configuration_);
    log_ = configuration_;
    log_.replace_extension(".log");
    std::vector<std::string> words{ program.string(), "tune", configuration_.string(), "-o",
        whole.string() };
    words.insert(words.end(), options.begin(), options.end());
    program_.emplace(std::move(words), whole.parent_path(), log_);
}

std::optional<RunEnd> StartedRun::end()
{
    const std::optional<int> code = program_->end();
    if (!code)
        return std::nullopt;
    if (*code == 0 || *code == stopped_by_user)
        return RunEnd{ true, *code == 0 ? "The run that was started is finished."
                                        : "The run that was started was stopped." };
    const std::string last = last_line_of(log_);
    return RunEnd{ false, "The run that was started ended: "
        + (last.empty() ? "its process left without a word." : for_message(last, 1000)) };
}

} // namespace circuitloom
