#include "core/run/process_place.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <utility>

namespace circuitloom {

namespace {

/// What a program that starts processes calls the variables it sets.
struct Starter
{
    const char* rank;
    const char* size;
    const char* local_rank;
    const char* local_size;
    std::array<const char*, 2> job; ///< the words that together name it; those there are
};

constexpr Starter slurm{ "SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID",
    "SLURM_STEP_TASKS_PER_NODE", { "SLURM_JOB_ID", "SLURM_STEP_ID" } };
constexpr std::array starters{
    Starter{ "RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE",
        { "TORCHELASTIC_RUN_ID" } },
    // The job's name alone: its steps are of mpirun's helpers, one on each node.
    Starter{ "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK",
        "OMPI_COMM_WORLD_LOCAL_SIZE", { "SLURM_JOB_ID" } },
    slurm
};

constexpr int last_port = 65535;

/// Where the processes of Slurm's jobs meet: below the ports that systems give away themselves.
constexpr int first_port_of_slurm = 20000;
constexpr int ports_of_slurm = 10000;
/// Steps of one job that may run at one time lie side by side, then the next job's.
constexpr int ports_of_job = 8;

int number(const std::string& name, const std::string& text, int least, int most)
{
    int value = 0;
    const char* end = text.data() + text.size();
    const auto [read, wrong] = std::from_chars(text.data(), end, value);
    if (wrong != std::errc() || read != end || value < least || value > most)
        throw InputError("The environment variable " + name + " is \"" + text
            + "\"; it must be a whole number from " + std::to_string(least) + " to "
            + std::to_string(most) + ".");
    return value;
}

// A script of sbatch that srun did not start is one process, whatever the variables say.
bool is_batch_script(const Environment& environment)
{
    return environment("SLURM_JOB_ID") && !environment("SLURM_STEP_ID");
}

// Of a list as Slurm has it, such as 4(x2),3: the most that one node has.
std::string most_of(const std::string& list)
{
    std::string most;
    for (std::size_t first = 0; first < list.size();) {
        const std::size_t end = std::min(list.find(',', first), list.size());
        const std::string one = list.substr(first, std::min(list.find('(', first), end) - first);
        if (std::pair(one.size(), one) > std::pair(most.size(), most))
            most = one;
        first = end + 1;
    }
    return most;
}

std::string job_of(const Environment& environment, const Starter& starter)
{
    std::string job;
    for (const char* name : { job_variable, starter.job[0], starter.job[1] })
        if (const auto word = name ? environment(name) : std::nullopt)
            job += *word + "/";
    return job;
}

std::optional<std::uint64_t> whole_number(const std::optional<std::string>& text)
{
    std::uint64_t value = 0;
    const char* end = text ? text->data() + text->size() : nullptr;
    const auto [read, wrong]
        = text ? std::from_chars(text->data(), end, value) : std::from_chars_result{};
    return text && wrong == std::errc() && read == end ? std::optional(value) : std::nullopt;
}

/// Where the processes of a step of Slurm meet unless MASTER_PORT says it. Other jobs, perhaps of
/// other users, may share the machine, so each of 1,250 jobs in sequence has ports of its own.
std::optional<int> port_of_step(const Environment& environment, const Starter& starter)
{
    const auto job = whole_number(environment(slurm.job[0]));
    const auto step = whole_number(environment(slurm.job[1]));
    if (starter.rank != slurm.rank || !job || !step)
        return std::nullopt;
    constexpr std::uint64_t jobs = ports_of_slurm / ports_of_job;
    const auto place = *job % jobs * ports_of_job + *step % ports_of_job;
    return first_port_of_slurm + static_cast<int>(place);
}

bool on_one_machine(const Environment& environment, int size)
{
    const auto nodes = environment("SLURM_NNODES");
    const auto local_size = environment("OMPI_COMM_WORLD_LOCAL_SIZE");
    return (!nodes || *nodes == "1") && (!local_size || *local_size == std::to_string(size));
}

} // namespace

std::optional<std::string> environment_variable(const std::string& name)
{
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

ProcessPlace process_place(const Environment& environment)
{
    ProcessPlace place;
    for (const Starter& starter : starters) {
        const auto rank = environment(starter.rank);
        const auto size = environment(starter.size);
        if (!rank || !size || (starter.rank == slurm.rank && is_batch_script(environment)))
            continue;
        place.size = number(starter.size, *size, 1, std::numeric_limits<int>::max());
        place.rank = number(starter.rank, *rank, 0, place.size - 1);
        if (const auto local_rank = environment(starter.local_rank))
            place.local_rank = number(starter.local_rank, *local_rank, 0, place.size - 1);
        if (const auto local_size = environment(starter.local_size))
            place.local_size
                = number(starter.local_size, most_of(*local_size), 1, place.size);
        else if (!environment("MASTER_ADDR") && on_one_machine(environment, place.size))
            place.local_size = place.size;
        place.job = job_of(environment, starter);
        place.port = port_of_step(environment, starter).value_or(place.port);
        break;
    }
    if (place.size == 1)
        return {};
    if (const auto port = environment("MASTER_PORT"))
        place.port = number("MASTER_PORT", *port, 1, last_port);
    if (const auto address = environment("MASTER_ADDR"))
        place.address = *address;
    else if (!on_one_machine(environment, place.size))
        throw InputError("The processes run on several machines, and MASTER_ADDR does not say where "
                         "they meet: set it to the name or the address of the first one's machine "
                         "(with Slurm: scontrol show hostnames \"$SLURM_JOB_NODELIST\" | head -n 1).");
    if (environment("TORCHELASTIC_USE_AGENT_STORE") == "True")
        place.port = place.port < last_port ? place.port + 1 : place.port - 1;
    return place;
}

} // namespace circuitloom
