#pragma once

#include "core/engine/answers.h"
#include "core/run/studies.h"

namespace circuitloom {

/// One for each kind of study, each in a source of its own: `study` is that of the question. They
/// throw as answer() does.
StudyAnswer answer_study(
    const TransferStudy& study, const StudyQuestion& question, const AnswerContext& context);
StudyAnswer answer_study(
    const GraftStudy& study, const StudyQuestion& question, const AnswerContext& context);
StudyAnswer answer_study(
    const SwapStudy& study, const StudyQuestion& question, const AnswerContext& context);
StudyAnswer answer_study(
    const CrossAblationStudy& study, const StudyQuestion& question, const AnswerContext& context);

} // namespace circuitloom
