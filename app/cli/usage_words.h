#pragma once

#include <string>

namespace CLI {
class App;
class Error;
}

namespace circuitloom {

/// Has every option and argument of `app` and its commands refuse an empty value, but for texts that
/// a model goes on from, and a number that is none or not finite.
void refuse_unusable_values(CLI::App& app);

/// What is wrong with a command line, in a sentence; for newcomers with commands to begin with,
/// each in a line.
std::string usage_in_words(const CLI::App& app, const CLI::Error& wrong);

} // namespace circuitloom
