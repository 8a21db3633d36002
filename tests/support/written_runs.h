#pragma once

#include "core/run/silent_observer.h"
#include "tests/support/fake_engine.h"
#include "ui/base/file_path.h"

#include <QString>

namespace circuitloom::testing {

/// A run of so many steps, one iteration each.
inline RunConfig written_config(const char* name, int steps)
{
    RunConfig config = preset("sv-disagreement");
    config.name = name;
    config.steps = steps;
    return config;
}

/// Writes such a run, finished, into a file, new or not.
inline void write_run(const QString& file, const char* name, int steps, std::uint64_t seed = 1)
{
    SilentObserver observer;
    RunControl control;
    FakeEngine engine({ std::chrono::milliseconds(0), {}, {} });
    RunConfig config = written_config(name, steps);
    config.seed = seed;
    engine.tune(config, ui::path_of(file), observer, control, {});
}

/// A run that was stopped after the step of this number.
class StopAfter : public SilentObserver
{
public:
    StopAfter(std::stop_source& stop, int step)
        : stop_(stop)
        , step_(step)
    {
    }
    void step_done(const StepRecord& record, double) override
    {
        if (record.step >= step_)
            stop_.request_stop();
    }

private:
    std::stop_source& stop_;
    int step_;
};

inline void write_stopped_run(const QString& file, const char* name, int stopped_at, int steps)
{
    std::stop_source stop;
    StopAfter observer(stop, stopped_at);
    RunControl control;
    FakeEngine engine({ std::chrono::milliseconds(0), {}, {} });
    engine.tune(written_config(name, steps), ui::path_of(file), observer, control,
        stop.get_token());
}

} // namespace circuitloom::testing
