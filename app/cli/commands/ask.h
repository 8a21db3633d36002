#pragma once

#include "core/run/questions.h"

#include <string>

namespace CLI {
class App;
}

namespace circuitloom {

/// The options that every command with a question has: its model, device and type, and --json.
struct AskOptions
{
    std::string model;
    std::string device = "auto";
    std::string dtype; ///< empty: float32, or what the run computed in
    bool json = false;
};
void add_ask_options(CLI::App& command, AskOptions& options);

/// The model and how it computes, into any question.
void set_model(const AskOptions& options, ModelReference& model, ComputeOptions& compute);

/// Answers with progress on stderr, until Ctrl-C. Throws as the engine does.
Answer ask(const Question& question);

/// As in `the model of x.loom:1@46 after step 46`; says on stderr which step is shown, where the
/// model is a run's.
void tell_model(const ModelShown& shown);

/// A token in quotation marks, its control characters escaped.
std::string quoted(const std::string& token);

/// Words separated by commas; empty ones are left out.
std::vector<std::string> words_of(const std::string& list);

} // namespace circuitloom
