#include "ui/start/experiment_card.h"

#include "core/layout/lattice_layout.h"
#include "core/store/experiment_reader.h"
#include "ui/base/file_path.h"
#include "ui/circuit/circuit_drawing.h"
#include "ui/drawing/image_painter.h"
#include "ui/runs/run_row.h"

#include <QFileInfo>

#include <algorithm>
#include <exception>
#include <memory>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr double drawn_larger = 4; ///< than shown: lines become fine rather than thick

/// Of the last iteration of the last run that has any; null where there is none.
QImage picture_of(const ExperimentReader& reader, const std::vector<RunSummary>& runs,
    const CardPicture& wanted)
{
    const auto run = std::find_if(
        runs.rbegin(), runs.rend(), [](const RunSummary& any) { return any.iterations > 0; });
    if (run == runs.rend())
        return {};
    const RunDescription& description = run->description;
    const auto graph
        = std::make_shared<const ComputationalGraph>(description.shape, description.graph);
    const auto layout = std::make_shared<const CircuitLayout>(lattice_layout(*graph));
    SceneOptions options;
    options.mode = ColorMode::sign;
    const CircuitScene scene = scene_of(
        graph, layout, reader.circuit(run->id, { run->iterations - 1 }), {}, options);
    CircuitPaintOptions paint;
    paint.legend = false;
    const QSizeF size = QSizeF(wanted.size) * drawn_larger;
    QImage large(size.toSize(), QImage::Format_RGB32);
    paint_on_image(large, circuit_drawing(scene, wanted.theme, size, paint));
    QImage picture = large.scaled((QSizeF(wanted.size) * wanted.ratio).toSize(),
        Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    picture.setDevicePixelRatio(wanted.ratio);
    return picture;
}

void describe(ExperimentCard& card, const std::vector<RunSummary>& runs)
{
    card.runs = static_cast<int>(runs.size());
    card.in_training = std::ranges::any_of(runs, is_under_way, &RunSummary::state);
    if (runs.empty())
        return;
    const RunSummary& last = runs.back();
    RunRow row;
    row.summary = last;
    row.summary.message.clear();
    row.elsewhere = is_under_way(last.state);
    card.run = QString::fromStdString(last.description.name);
    card.state = state_text(row);
    if (can_go_on(last.state) && last.steps_done < last.description.steps)
        card.unfinished = last.id;
}

} // namespace

ExperimentCard read_card(const QString& file, bool unsaved, const CardPicture& picture)
{
    ExperimentCard card;
    card.file = file;
    card.unsaved = unsaved;
    card.read = true;
    card.changed = QFileInfo(file).lastModified();
    if (const QFileInfo log(file + QStringLiteral("-wal")); log.exists())
        card.changed = std::max(card.changed, log.lastModified());
    try {
        const ExperimentReader reader(path_of(file));
        const std::vector<RunSummary> runs = reader.runs();
        describe(card, runs);
        card.picture = picture_of(reader, runs, picture);
    } catch (const std::exception& error) {
        card.trouble = QString::fromUtf8(error.what());
    }
    return card;
}

} // namespace circuitloom::ui
