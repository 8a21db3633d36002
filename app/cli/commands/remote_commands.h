#pragma once

namespace CLI {
class App;
}

namespace circuitloom {

// Files on other machines: both ends of the line. As those of commands.h.
void add_stream_command(CLI::App& app);
void add_mirror_command(CLI::App& app);

} // namespace circuitloom
