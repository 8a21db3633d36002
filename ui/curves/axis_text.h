#pragma once

#include "core/base/measure.h"
#include "ui/curves/plot_scale.h"

#include <QString>

#include <vector>

namespace circuitloom::ui {

/// How the values of one axis are written, as in "0.5", "40 %" or, where plain digits would take
/// more room, "5e6": its ticks, and the values of its lines.
class AxisText
{
public:
    AxisText() = default;
    /// `scale` is in percent where the notation is Notation::percent. On a logarithmic one a tick has
    /// one significant digit.
    AxisText(Notation notation, const AxisScale& scale);

    /// Of a tick of the scale. In the unit of the stored values, as all that follows.
    QString tick(double value) const;
    /// Of any value, one digit finer than the ticks: beside a name, where room is short. A dash for
    /// what is not a number.
    QString brief(double value) const { return text(value, 1); }
    /// Two digits finer than the ticks.
    QString full(double value) const { return text(value, 2); }
    /// What brief() gives is hardly ever wider than the widest of these.
    std::vector<QString> widest() const;

private:
    QString text(double value, int finer) const;
    QString finite_text(double shown, int finer) const;

    Notation notation_ = Notation::plain;
    AxisScale scale_;
    bool powers_ = false; ///< of ten are written
};

} // namespace circuitloom::ui
