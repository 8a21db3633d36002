#pragma once

#include <chrono>

namespace circuitloom {

/// Starts this program with its command line `count` times, as torchrun does on one machine: each
/// process knows its place by RANK and its like, meets the others on the loopback, and has its
/// share of the processor's threads (OMP_NUM_THREADS, unless that is set). Waits for all, and gives
/// the first one's exit code.
///
/// A Ctrl-C, SIGTERM or SIGHUP is passed on to each. Once the first has ended the others get a few
/// seconds to do so too; once another has failed, the first gets `patience` and a few seconds. Who
/// is still there then is killed. Throws ResourceError where no process or port is to be had.
int run_local_processes(int count, std::chrono::seconds patience);

} // namespace circuitloom
