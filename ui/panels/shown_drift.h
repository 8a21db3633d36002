#pragma once

#include "ui/panels/inquiry.h"

#include <QObject>
#include <QString>

#include <optional>

namespace circuitloom::ui {

/// How far the run that is shown had moved each part of its model by the iteration that is shown,
/// asked again whenever that is another one. While a newer answer is awaited, the last one of the
/// same run stays.
class ShownDrift : public QObject
{
    Q_OBJECT

public:
    /// `asker` is a name of its own in the whole window. `context` must outlive it.
    ShownDrift(PanelContext& context, const QString& asker, QObject* parent);

    void want(const ShownPlace& place);
    /// Nothing is wanted any more, and nothing known.
    void drop();

    /// Null while it is not known.
    const DriftAnswer* known() const { return known_ ? &*known_ : nullptr; }
    /// Of which iteration known() is.
    int iteration() const { return iteration_; }
    /// Why the iteration asked about last has no answer; empty where it has, or may yet have one.
    const QString& failure() const { return failure_; }

Q_SIGNALS:
    /// known() is another one, or nothing is known any more.
    void changed();
    void failed();
    void progressed(const QString& sentence);

private:
    Inquiry inquiry_;
    std::optional<ShownPlace> asked_; ///< what known() is, or will be, of
    int iteration_ = -1;
    std::optional<DriftAnswer> known_;
    QString failure_;
};

/// A relative drift as in "0.35 %", "12 %" or, of what moved away from nothing but zeros, "from 0".
QString drift_text(const Moved& moved);

} // namespace circuitloom::ui
