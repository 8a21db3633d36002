#pragma once

#include "core/architecture/model_files.h"
#include "core/base/ids.h"
#include "core/model/transformer.h"
#include "core/store/records.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace circuitloom {

/// A run computed once more from its file, bit for bit, with nothing written: the weights that an
/// iteration's circuit was found in are in no file (algorithm.md, section 9). One instance belongs
/// to one thread.
class Replay
{
public:
    /// Called after every step that is taken, with the step reached and the one to be reached; may
    /// throw to end the replay there.
    using AfterStep = std::function<void(int step, int last)>;

    /// Reads the run, its task and the untouched model, of which it keeps a copy. Throws InputError where the run
    /// does not exist, or its model or task is gone or no longer what the run began with.
    Replay(const std::filesystem::path& file, RunId run);
    ~Replay();

    const RunDescription& description() const;
    /// Of the untouched model.
    const ModelFiles& files() const;
    const Transformer& untouched() const;

    /// Makes the model what it was after `step` optimizer steps: from where it is now, or from the
    /// nearest checkpoint before, whichever needs fewer steps.
    void go_to(int step, const AfterStep& after_step = {});
    /// Needs a go_to() that did not throw. Changed by the next one.
    const Transformer& model() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace circuitloom
