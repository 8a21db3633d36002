#pragma once

#include "core/run/engine.h"

namespace circuitloom {

/// Lets a run tell what it does to nobody.
class SilentObserver : public RunObserver
{
public:
    void preparing(const std::string&) override { }
    void started(RunId, const std::string&, int) override { }
    void step_done(const StepRecord&, double) override { }
    void iteration_committed(const IterationRecord&) override { }
    void evaluated(const std::vector<EvaluationRecord>&) override { }
    void marked(const MarkRecord&) override { }
};

} // namespace circuitloom
