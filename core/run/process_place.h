#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace circuitloom {

/// The place of this process among those that tune one model together.
struct ProcessPlace
{
    int rank = 0; ///< from 0; the first one writes the file
    int size = 1; ///< how many there are
    int local_rank = 0; ///< among those of this machine, which decides the card
    std::string address = "127.0.0.1"; ///< where the first one is met
    int port = 29500;
    /// How long one waits for the others in a step before the run fails.
    std::chrono::seconds patience{ 20 };
};

/// The value of a variable of the environment; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
std::optional<std::string> environment_variable(const std::string& name);

/// What torchrun (RANK, WORLD_SIZE, LOCAL_RANK), srun (SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID)
/// or mpirun (OMPI_COMM_WORLD_RANK, _SIZE, _LOCAL_RANK) say of this process, the first of them that
/// does; MASTER_ADDR and MASTER_PORT say where the processes meet, one port further where torchrun
/// listens at that one itself, perhaps as another version of LibTorch than ours. A process alone
/// where nobody says so. Throws InputError where a value cannot be used, or none says where processes on several
/// machines meet.
ProcessPlace process_place(const Environment& environment = environment_variable);

} // namespace circuitloom
