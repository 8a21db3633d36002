#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace circuitloom {

/// What circuitloom-cli and circuitloom-cli-engine do alike: read the command line, run the command
/// of it that `add_commands` added, and say what went wrong. `failure_in_words` is called inside a
/// catch block and says in a sentence what the exception means; it is given a sentence on how this
/// command could do with less memory. Returns the exit code: 0, 1 for a failure, 2 for a wrong
/// command line, 130 for what Ctrl-C ended.
int run_program(int argc, char** argv, const std::function<void(CLI::App&)>& add_commands,
    const std::function<std::string(const std::string& less_memory)>& failure_in_words);

} // namespace circuitloom
