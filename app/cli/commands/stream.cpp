#include "app/cli/commands/commands.h"

#include "core/remote/stream_server.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace circuitloom {

void add_stream_command(CLI::App& app)
{
    const auto file = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("stream",
        "What is committed to a file, row by row, for circuitloom-cli mirror or a window on another "
        "machine, which run this over ssh: frames on the standard output, orders on the standard "
        "input, until that ends. Nobody types it.");
    command->add_option("file", *file, "the .loom file; one that is not there yet is waited for")
        ->required();
    command->callback([file] {
        StreamServerOptions options;
        options.file = *file;
        options.version = CIRCUITLOOM_VERSION;
        std::error_code error;
        options.program = std::filesystem::read_symlink("/proc/self/exe", error);
        if (const int code = serve_stream(options); code != 0)
            throw CLI::RuntimeError(code);
    });
}

} // namespace circuitloom
