#pragma once

#include "core/run/circuits_found.h"
#include "ui/base/background.h"

#include <QTimer>
#include <QWidget>

#include <atomic>
#include <memory>
#include <optional>
#include <variant>

class QLabel;
class QTreeWidget;

namespace circuitloom::ui {

/// Shows what there is of a series of checkpoints or circuits: in which order they will be
/// observed, and which will not and why. Looks in the background, where every byte of the weights,
/// or every circuit, is read, a moment after the last change. Its destructor waits for the one
/// being read.
class SeriesPreview : public QWidget
{
    Q_OBJECT

public:
    explicit SeriesPreview(QWidget* parent = nullptr);
    ~SeriesPreview() override;

    /// As CheckpointSeries takes it, or what look_at_circuits() does; empty for none.
    void show_series(const QString& series);
    /// Nothing while it is looked for.
    const std::optional<FoundSeries>& found() const { return found_; }
    /// What was found are circuits, not models; null where it is not, or nothing was found.
    const FoundCircuits* circuits() const { return circuits_ ? &*circuits_ : nullptr; }
    /// Why there is none, as a sentence; empty while it is looked for, or where there is one.
    const QString& problem() const { return problem_; }

Q_SIGNALS:
    /// What these functions give is another.
    void looked();

private:
    /// What a look found: circuits, or checkpoints.
    using Look = std::variant<FoundSeries, FoundCircuits>;
    void look();
    void take(const Look& looked_at);
    void list(const FoundSeries& found);
    void forget();

    QString series_;
    std::optional<FoundSeries> found_;
    std::optional<FoundCircuits> circuits_;
    QString problem_;
    QTimer soon_;
    QLabel* summary_;
    QTreeWidget* list_;
    std::shared_ptr<std::atomic<bool>> called_off_; ///< the look under way
    Background looking_; // last, so that it ends first
};

} // namespace circuitloom::ui
