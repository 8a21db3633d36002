#include "core/base/error.h"
#include "core/run/process_place.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace circuitloom;

namespace {

ProcessPlace place(const std::map<std::string, std::string>& variables)
{
    return process_place([&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

std::string refusal(const std::map<std::string, std::string>& variables)
{
    try {
        place(variables);
    } catch (const InputError& refused) {
        return refused.what();
    }
    return {};
}

} // namespace

TEST_CASE("without a word from anybody a process is alone")
{
    CHECK(place({}).size == 1);
    CHECK(place({ { "RANK", "0" }, { "WORLD_SIZE", "1" } }).size == 1);
    CHECK(place({ { "WORLD_SIZE", "4" } }).size == 1);
}

TEST_CASE("torchrun, mpirun and srun say where a process stands, the first of them that does")
{
    std::map<std::string, std::string> variables{ { "SLURM_PROCID", "2" },
        { "SLURM_NTASKS", "3" }, { "SLURM_LOCALID", "0" } };
    CHECK(place(variables).rank == 2);
    CHECK(place(variables).size == 3);
    CHECK(place(variables).local_rank == 0);
    CHECK(place(variables).address == "127.0.0.1");

    // What mpirun starts inside a job of Slurm has both.
    variables.insert({ { "OMPI_COMM_WORLD_RANK", "1" }, { "OMPI_COMM_WORLD_SIZE", "2" },
        { "OMPI_COMM_WORLD_LOCAL_RANK", "1" } });
    CHECK(place(variables).rank == 1);
    CHECK(place(variables).size == 2);
    CHECK(place(variables).local_rank == 1);

    variables.insert({ { "RANK", "3" }, { "WORLD_SIZE", "8" }, { "LOCAL_RANK", "1" },
        { "MASTER_ADDR", "node-1" }, { "MASTER_PORT", "1234" } });
    CHECK(place(variables).rank == 3);
    CHECK(place(variables).size == 8);
    CHECK(place(variables).local_rank == 1);
    CHECK(place(variables).address == "node-1");
    CHECK(place(variables).port == 1234);
}

TEST_CASE("a batch script of Slurm that srun did not start is alone")
{
    std::map<std::string, std::string> variables{ { "SLURM_JOB_ID", "77" }, { "SLURM_PROCID", "0" },
        { "SLURM_NTASKS", "4" }, { "SLURM_LOCALID", "0" } };
    CHECK(place(variables).size == 1);
    variables["SLURM_STEP_ID"] = "0";
    CHECK(place(variables).size == 4);
}

TEST_CASE("how many processes a machine has is said by who started them, or all are on one")
{
    std::map<std::string, std::string> variables{ { "RANK", "0" }, { "WORLD_SIZE", "8" } };
    CHECK(place(variables).local_size == 8);
    variables["LOCAL_WORLD_SIZE"] = "4";
    CHECK(place(variables).local_size == 4);
    variables.erase("LOCAL_WORLD_SIZE");
    variables["MASTER_ADDR"] = "node-1"; // perhaps on several
    CHECK(place(variables).local_size == 1);
    CHECK(place({ { "OMPI_COMM_WORLD_RANK", "0" }, { "OMPI_COMM_WORLD_SIZE", "3" },
                    { "OMPI_COMM_WORLD_LOCAL_SIZE", "2" }, { "MASTER_ADDR", "node-1" } })
              .local_size
        == 2);
    std::map<std::string, std::string> slurm{ { "SLURM_PROCID", "0" }, { "SLURM_NTASKS", "31" },
        { "SLURM_NNODES", "4" }, { "MASTER_ADDR", "node-1" } };
    slurm["SLURM_STEP_TASKS_PER_NODE"] = "9,10(x2),2";
    CHECK(place(slurm).local_size == 10);
    slurm["SLURM_STEP_TASKS_PER_NODE"] = "many";
    CHECK(refusal(slurm).find("SLURM_STEP_TASKS_PER_NODE") != std::string::npos);
}

TEST_CASE("a process knows its job by the name that all processes of it have")
{
    std::map<std::string, std::string> variables{ { "RANK", "0" }, { "WORLD_SIZE", "2" } };
    CHECK(place(variables).job.empty());
    variables["SLURM_JOB_ID"] = "77"; // perhaps of one of them alone
    CHECK(place(variables).job.empty());
    variables["TORCHELASTIC_RUN_ID"] = "elastic";
    const std::string elastic = place(variables).job;
    CHECK(elastic.find("elastic") != std::string::npos);
    variables["CIRCUITLOOM_JOB"] = "secret";
    CHECK(place(variables).job.find("secret") != std::string::npos);

    const auto slurm = [](const char* job, const char* step) {
        return place({ { "SLURM_PROCID", "0" }, { "SLURM_NTASKS", "2" }, { "SLURM_JOB_ID", job },
                         { "SLURM_STEP_ID", step } })
            .job;
    };
    CHECK(slurm("7", "1") == slurm("7", "1"));
    CHECK(slurm("7", "1") != slurm("7", "2"));
    CHECK(slurm("7", "1") != slurm("71", ""));
    // The steps of a job in which mpirun starts processes are those of its helpers.
    const auto mpi = [](const char* step) {
        return place({ { "OMPI_COMM_WORLD_RANK", "0" }, { "OMPI_COMM_WORLD_SIZE", "2" },
                         { "SLURM_JOB_ID", "7" }, { "SLURM_STEP_ID", step } })
            .job;
    };
    CHECK(mpi("0") == mpi("1"));
    // However they were started, a name that the user gives counts as well.
    for (const std::string starter : { "SLURM_PROCID SLURM_NTASKS SLURM_STEP_ID",
             "OMPI_COMM_WORLD_RANK OMPI_COMM_WORLD_SIZE SLURM_STEP_ID" }) {
        CAPTURE(starter);
        const std::size_t first = starter.find(' ');
        const std::size_t second = starter.find(' ', first + 1);
        std::map<std::string, std::string> started{ { starter.substr(0, first), "0" },
            { starter.substr(first + 1, second - first - 1), "2" },
            { starter.substr(second + 1), "1" } };
        const std::string without = place(started).job;
        started["CIRCUITLOOM_JOB"] = "secret";
        CHECK(place(started).job.find("secret") != std::string::npos);
        CHECK(place(started).job != without);
    }
    CHECK(!mpi("0").empty());
}

TEST_CASE("where torchrun listens itself the processes meet one port further")
{
    std::map<std::string, std::string> variables{ { "RANK", "0" }, { "WORLD_SIZE", "2" },
        { "MASTER_PORT", "1234" }, { "TORCHELASTIC_USE_AGENT_STORE", "True" } };
    CHECK(place(variables).port == 1235);
    variables["MASTER_PORT"] = "65535";
    CHECK(place(variables).port == 65534);
    variables["TORCHELASTIC_USE_AGENT_STORE"] = "False";
    CHECK(place(variables).port == 65535);
}

TEST_CASE("jobs of Slurm that share a machine meet at ports of their own")
{
    const auto slurm = [](const char* job, const char* step, const char* rank) {
        return std::map<std::string, std::string>{ { "SLURM_PROCID", rank },
            { "SLURM_NTASKS", "2" }, { "SLURM_JOB_ID", job }, { "SLURM_STEP_ID", step } };
    };
    CHECK(place(slurm("70", "0", "0")).port == place(slurm("70", "0", "1")).port);
    CHECK(place(slurm("70", "0", "0")).port != place(slurm("71", "0", "0")).port);
    CHECK(place(slurm("70", "0", "0")).port != place(slurm("70", "1", "0")).port);
    CHECK(place(slurm("70", "1", "0")).port != place(slurm("71", "0", "0")).port);
    for (const char* job : { "0", "1249", "1250", "2147483647", "4294967295" }) {
        CAPTURE(job);
        CHECK(place(slurm(job, "0", "0")).port >= 20000);
        CHECK(place(slurm(job, "7", "0")).port < 30000);
    }
    auto chosen = slurm("70", "0", "0");
    chosen["MASTER_PORT"] = "1234";
    CHECK(place(chosen).port == 1234);
    // Slurm's own numbers of steps that have none.
    CHECK(place(slurm("70", "4294967290", "0")).port < 30000);
}

TEST_CASE("a value that is no place is refused by the variable's name")
{
    CHECK(refusal({ { "RANK", "2" }, { "WORLD_SIZE", "2" } }).find("RANK") != std::string::npos);
    CHECK(refusal({ { "RANK", "0" }, { "WORLD_SIZE", "two" } }).find("WORLD_SIZE")
        != std::string::npos);
    CHECK(refusal({ { "RANK", "0" }, { "WORLD_SIZE", "2" }, { "MASTER_PORT", "70000" } })
              .find("MASTER_PORT")
        != std::string::npos);
    CHECK(refusal({ { "SLURM_PROCID", "0" }, { "SLURM_NTASKS", "2" }, { "SLURM_NNODES", "2" } })
              .find("MASTER_ADDR")
        != std::string::npos);
    CHECK(refusal({ { "OMPI_COMM_WORLD_RANK", "0" }, { "OMPI_COMM_WORLD_SIZE", "2" },
                      { "OMPI_COMM_WORLD_LOCAL_SIZE", "1" } })
              .find("MASTER_ADDR")
        != std::string::npos);
}
