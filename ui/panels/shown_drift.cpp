#include "ui/panels/shown_drift.h"

#include "ui/base/measure_text.h"

namespace circuitloom::ui {

ShownDrift::ShownDrift(PanelContext& context, const QString& asker, QObject* parent)
    : QObject(parent)
    , inquiry_(context, asker, this)
{
}

void ShownDrift::want(const ShownPlace& place)
{
    const bool same_run = asked_ && asked_->file == place.file && asked_->run == place.run;
    if (same_run && asked_->iteration == place.iteration)
        return;
    if (!same_run)
        drop();
    asked_ = place;
    failure_.clear();
    const int iteration = place.iteration;
    inquiry_.want(DriftQuestion{ place.moment(), {} },
        { [this, iteration](const Answer& answer) {
             known_ = std::get<DriftAnswer>(answer);
             iteration_ = iteration;
             Q_EMIT changed();
         },
            [this](const QString& sentence) {
                failure_ = sentence;
                Q_EMIT failed();
            },
            [this, iteration](const QString& what, int done, int total) {
                Q_EMIT progressed(tr("iteration %1: %2 (%3 of %4)")
                                      .arg(iteration)
                                      .arg(what)
                                      .arg(done)
                                      .arg(total));
            } });
}

void ShownDrift::drop()
{
    inquiry_.drop();
    asked_.reset();
    failure_.clear();
    iteration_ = -1;
    if (known_) {
        known_.reset();
        Q_EMIT changed();
    }
}

QString drift_text(const Moved& moved)
{
    const std::optional<double> relative = moved.relative();
    if (!relative)
        return ShownDrift::tr("from 0");
    const double percent = 100 * *relative;
    const int decimals = percent == 0 || percent >= 10 ? 0
        : percent >= 0.1                               ? 2
                                                       : 4;
    return percent > 0 && percent < 0.00005 ? ShownDrift::tr("below 0.0001 %")
                                            : shown_value(Notation::percent, *relative, decimals);
}

} // namespace circuitloom::ui
