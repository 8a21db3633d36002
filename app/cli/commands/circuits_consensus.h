#pragma once

namespace CLI {
class App;
}

namespace circuitloom {

/// Adds `circuits consensus` to `circuits`.
void add_circuits_consensus(CLI::App& circuits);

} // namespace circuitloom
