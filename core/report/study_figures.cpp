#include "core/report/study_figures.h"

#include "core/store/experiment_reader.h"

namespace circuitloom {

std::string metric_in(const StudyTable& figures)
{
    for (const auto& [suite, measure] : figures.measures())
        if (suite == task_suite && measure != faithfulness_figure)
            return measure;
    return {};
}

CircuitLikeness likeness(const TransferStudy& study, const StudyQuestion& question)
{
    return circuit_likeness(ExperimentReader(question.file), question.run, study.circuits,
        question.other.value == 0 ? question.run : question.other, study.models);
}

} // namespace circuitloom
