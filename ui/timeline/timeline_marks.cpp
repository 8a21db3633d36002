#include "ui/timeline/timeline_marks.h"

#include "ui/base/measure_text.h"
#include "ui/base/size_text.h"
#include "ui/timeline/timeline_scale.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr qsizetype longest_shown_note = 400;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(TimelineMarks)
};

// The number of the last iteration that does not come after the step.
int iteration_of(const TimelineMarks& marks, int step)
{
    return static_cast<int>(index_of_step(marks.steps, step));
}

QString share(double value)
{
    return shown_value(measures::turnover.notation, value, 0);
}

QString escaped(const std::string& text)
{
    QString shown = QString::fromStdString(text);
    if (shown.size() > longest_shown_note)
        shown = shown.left(longest_shown_note) + QChar(0x2026);
    return shown.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

QString reason_text(CheckpointReason reason)
{
    switch (reason) {
    case CheckpointReason::every:
        return Words::tr("in turn");
    case CheckpointReason::pause:
        return Words::tr("at a pause");
    case CheckpointReason::stop:
        return Words::tr("where it was stopped");
    case CheckpointReason::end:
        return Words::tr("at the end");
    case CheckpointReason::best:
        return Words::tr("the best so far");
    case CheckpointReason::recent:
        return Words::tr("the latest, in case the program is ended");
    }
    return {};
}

} // namespace

std::vector<int> marked_iterations(const TimelineMarks& marks)
{
    std::vector<int> found;
    for (const int step : marks.evaluations)
        found.push_back(iteration_of(marks, step));
    for (const MarkRecord& mark : marks.marks)
        found.push_back(iteration_of(marks, mark.step));
    for (const CheckpointRecord& checkpoint : marks.checkpoints)
        found.push_back(iteration_of(marks, checkpoint.step));
    for (const Bookmark& bookmark : marks.bookmarks)
        if (bookmark.iteration.value < static_cast<int>(marks.steps.size()))
            found.push_back(bookmark.iteration.value);
    for (const LargeChange& change : marks.large_changes)
        found.push_back(change.iteration);
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

int next_marked(const TimelineMarks& marks, int iteration)
{
    const std::vector<int> all = marked_iterations(marks);
    const auto next = std::ranges::upper_bound(all, iteration);
    return next == all.end() ? -1 : *next;
}

int previous_marked(const TimelineMarks& marks, int iteration)
{
    const std::vector<int> all = marked_iterations(marks);
    const auto here = std::ranges::lower_bound(all, iteration);
    return here == all.begin() ? -1 : *(here - 1);
}

QString marks_tooltip(const TimelineMarks& marks, int shown, int first, int last)
{
    const auto i = static_cast<std::size_t>(shown);
    if (shown < 0 || i >= marks.steps.size())
        return {};
    QStringList lines{ Words::tr("<b>Iteration %1</b>, step %2").arg(shown).arg(marks.steps[i]) };
    if (shown > 0 && i < marks.entered.size())
        lines << Words::tr("%n edge(s) entered", nullptr, static_cast<int>(marks.entered[i]));
    const auto within = [&](int iteration) { return iteration >= first && iteration <= last; };
    for (const LargeChange& change : marks.large_changes)
        if (within(change.iteration))
            lines << Words::tr(
                "<b>Large change</b> at %1: %2 of the circuit is new; %3 is usual here")
                         .arg(change.iteration)
                         .arg(share(change.turnover), share(change.usual));
    for (const MarkRecord& mark : marks.marks)
        if (within(iteration_of(marks, mark.step)))
            lines << Words::tr("<b>%1</b> at step %2")
                         .arg(escaped(mark.label), QString::number(mark.step));
    for (const Bookmark& bookmark : marks.bookmarks)
        if (within(bookmark.iteration.value))
            lines << Words::tr("<b>Bookmark</b> %1: %2")
                         .arg(QString::number(bookmark.iteration.value), escaped(bookmark.name))
                    + (bookmark.note.empty() ? QString()
                                             : QStringLiteral("<br>") + escaped(bookmark.note));
    for (const CheckpointRecord& checkpoint : marks.checkpoints)
        if (within(iteration_of(marks, checkpoint.step)))
            lines << Words::tr("<b>Checkpoint</b> of step %1, %2 (%3)")
                         .arg(checkpoint.step)
                         .arg(reason_text(checkpoint.reason), size_text(checkpoint.bytes));
    for (const int step : marks.evaluations)
        if (iteration_of(marks, step) == shown)
            lines << Words::tr("Evaluated at step %1").arg(step);
    return QStringLiteral("<qt>") + lines.join(QStringLiteral("<br>")) + QStringLiteral("</qt>");
}

} // namespace circuitloom::ui
