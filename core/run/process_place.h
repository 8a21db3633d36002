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
    int local_size = 1; ///< how many these are, as far as it is known
    std::string address = "127.0.0.1"; ///< where the first one is met
    int port = 29500;
    /// What the job is called that the processes belong to: those of another job that come to the
    /// same address and port are told nothing. May be empty.
    std::string job;
    /// How long one waits for the others in a step before the run fails.
    std::chrono::seconds patience{ 20 };
};

/// The value of a variable of the environment; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
std::optional<std::string> environment_variable(const std::string& name);

/// The variable by which --processes names its job, with a word that nobody can guess, and whoever
/// starts processes otherwise may.
inline constexpr const char* job_variable = "CIRCUITLOOM_JOB";

/// What torchrun (RANK, WORLD_SIZE, LOCAL_RANK), mpirun (OMPI_COMM_WORLD_RANK, _SIZE, _LOCAL_RANK)
/// or srun (SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID) say of this process, the first of them that
/// does: what mpirun starts on the nodes of a job of Slurm has the variables of srun too, which then
/// are those of mpirun's own helper there. MASTER_ADDR and MASTER_PORT say where the processes meet,
/// one port further where torchrun listens at that one itself, perhaps as another version of
/// LibTorch than ours. Without MASTER_PORT the processes of srun meet at a port that the numbers of
/// job and step give, since another job may share the machine.
///
/// A process alone where nobody says so. Throws InputError where a value cannot be used, or none says
/// where processes on several machines meet.
ProcessPlace process_place(const Environment& environment = environment_variable);

} // namespace circuitloom
