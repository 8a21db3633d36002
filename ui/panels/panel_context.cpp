#include "ui/panels/panel_context.h"

#include "ui/base/file_path.h"

namespace circuitloom::ui {

RunMoment ShownPlace::moment() const
{
    return { path_of(file), run, RunMoment::Kind::iteration, iteration };
}

RunMoment ShownPlace::start() const
{
    return { path_of(file), run, RunMoment::Kind::start, 0 };
}

void PanelContext::set_sentence(const QString& sentence)
{
    if (sentence == sentence_)
        return;
    sentence_ = sentence;
    Q_EMIT sentence_changed();
}

void PanelContext::set_candidates(const CandidateWords& candidates)
{
    if (candidates == candidates_)
        return;
    candidates_ = candidates;
    Q_EMIT candidates_changed();
}

void PanelContext::set_ablations(const std::vector<NamedAblation>& ablations)
{
    ablations_ = ablations;
}

std::vector<ComparedWith> PanelContext::compared(const QString& file) const
{
    return file == compared_file_ ? compared_ : std::vector<ComparedWith>();
}

void PanelContext::set_compared(const QString& file, const std::vector<ComparedWith>& others)
{
    if (file == compared_file_ && others == compared_)
        return;
    compared_file_ = file;
    compared_ = others;
    Q_EMIT compared_changed();
}

} // namespace circuitloom::ui
