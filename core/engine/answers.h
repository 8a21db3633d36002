#pragma once

#include "core/engine/model_source.h"
#include "core/run/questions.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace circuitloom {

/// What an answer is computed with.
struct AnswerContext
{
    ModelSource& models;
    const AnswerProgress& progress; ///< may be empty
    std::stop_token stop;
    /// Where it stands which run trains in this process; null, there or here, where none does. A
    /// run may end whenever the answer yields its turn, so it is looked up each time.
    const LiveRun* const* live = nullptr;

    SourcedModel model(const ModelReference& reference, const ComputeOptions& compute) const
    {
        return models.get(reference, compute, progress, stop, live ? *live : nullptr);
    }
    /// To be called between two pieces of work. Throws Cancelled once a stop was requested.
    void tell(const std::string& what, int done, int total) const;
};

/// Tells how far the means of an ablation's baseline are, for AblationBatches. `context` must
/// outlive it.
std::function<void(std::int64_t done, std::int64_t total)> telling_of_means(
    const AnswerContext& context);

/// The same of how many circuits were run, for CircuitRuns.
std::function<void(std::int64_t done, std::int64_t total)> telling_of_circuits(
    const AnswerContext& context);

/// One function for each kind of question; each in a source of its own. They throw Cancelled once
/// a stop was requested, and InputError for whatever cannot be answered.
NextTokenAnswer answer(const NextTokenQuestion& question, const AnswerContext& context);
AttentionAnswer answer(const AttentionQuestion& question, const AnswerContext& context);
TargetAttentionAnswer answer(const TargetAttentionQuestion& question, const AnswerContext& context);
LensAnswer answer(const LensQuestion& question, const AnswerContext& context);
NeuronAnswer answer(const NeuronQuestion& question, const AnswerContext& context);
AblationAnswer answer(const AblationQuestion& question, const AnswerContext& context);
DriftAnswer answer(const DriftQuestion& question, const AnswerContext& context);
FaithfulnessAnswer answer(const FaithfulnessQuestion& question, const AnswerContext& context);
Devices answer(const DevicesQuestion& question, const AnswerContext& context);
StudyAnswer answer(const StudyQuestion& question, const AnswerContext& context);

/// Whichever it is.
Answer answer(const Question& question, const AnswerContext& context);

} // namespace circuitloom
