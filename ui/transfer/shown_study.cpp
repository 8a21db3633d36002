#include "ui/transfer/shown_study.h"

#include "core/store/experiment_reader.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace circuitloom::ui {

namespace {

/// How many places of a series have figures.
class Counted
{
public:
    explicit Counted(const std::vector<StudyFigure>& figures)
    {
        for (const StudyFigure& one : figures)
            places_.insert({ one.series, one.source, one.target, one.draw });
    }
    std::size_t of(std::string_view series) const
    {
        return static_cast<std::size_t>(std::ranges::count_if(
            places_, [series](const auto& place) { return std::get<0>(place) == series; }));
    }

private:
    std::set<std::tuple<std::string_view, int, int, int>> places_; ///< of the figures' own texts
};

bool is_there(const TransferStudy& study, const Counted& counted)
{
    return counted.of(study_series::found) >= study.circuits.size() * study.models.size();
}

bool is_there(const GraftStudy& study, const Counted& counted)
{
    const std::size_t shares = study.shares.size();
    return counted.of(study_series::by_drift) >= shares
        && counted.of(study_series::random)
        >= shares * static_cast<std::size_t>(study.random_draws);
}

bool is_there(const SwapStudy& study, const Counted& counted)
{
    const std::size_t models = study.models.size();
    return counted.of(study_series::model) >= models && counted.of(study_series::found) >= models
        && counted.of(study_series::random)
        >= models * static_cast<std::size_t>(study.random_draws);
}

bool is_there(const CrossAblationStudy& study, const Counted& counted)
{
    return counted.of(study_series::found) >= study.tasks.size() * study.tasks.size();
}

} // namespace

bool is_complete(const Study& study, const std::vector<StudyFigure>& figures)
{
    const Counted counted(figures);
    return std::visit([&counted](const auto& one) { return is_there(one, counted); }, study);
}

bool asks_for(const Study& asked, const Study& shown, int steps_done)
{
    Study settled = asked;
    if (auto* graft = std::get_if<GraftStudy>(&settled); graft && graft->step < 0)
        graft->step = steps_done;
    return settled == shown || asked == shown;
}

RunStudies read_studies(const std::filesystem::path& file, RunId run)
{
    const ExperimentReader reader(file);
    RunStudies studies;
    for (const StoredStudy& stored : reader.studies(run)) {
        if (stored.other != run || std::ranges::find(study_names, stored.kind) == study_names.end())
            continue;
        ShownStudy shown{ read_study(stored, file), reader.study_figures(stored.id) };
        shown.complete = is_complete(shown.study, shown.figures);
        studies[shown.study.index()] = std::move(shown);
    }
    return studies;
}

} // namespace circuitloom::ui
