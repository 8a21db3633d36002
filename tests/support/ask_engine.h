#pragma once

#include "core/engine/answers.h"

#include <string>

namespace circuitloom::testing {

/// One of the tiny models in tests/data, as in "tiny_gpt2".
inline std::string test_model(const std::string& name)
{
    return CIRCUITLOOM_TEST_DATA "/" + name;
}

/// Oracles are compared in double precision.
inline const ComputeOptions exact{ "cpu", Precision::float64 };

template <class Asked>
auto ask(const Asked& question)
{
    ModelSource source;
    return answer(question, AnswerContext{ source, {}, {} });
}

} // namespace circuitloom::testing
