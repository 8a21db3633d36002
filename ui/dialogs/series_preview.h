#pragma once

#include "core/run/checkpoint_series.h"
#include "ui/base/background.h"

#include <QTimer>
#include <QWidget>

#include <atomic>
#include <memory>
#include <optional>

class QLabel;
class QTreeWidget;

namespace circuitloom::ui {

/// Shows what there is of a series of checkpoints: in which order they will be observed, and which
/// will not and why. Looks in the background, where every byte of the weights is read, a moment after
/// the last change. Its destructor waits for the checkpoint that is being read.
class SeriesPreview : public QWidget
{
    Q_OBJECT

public:
    explicit SeriesPreview(QWidget* parent = nullptr);
    ~SeriesPreview() override;

    /// As CheckpointSeries takes it; empty for none.
    void show_series(const QString& series);
    /// Nothing while it is looked for.
    const std::optional<FoundSeries>& found() const { return found_; }
    /// Why there is none, as a sentence; empty while it is looked for, or where there is one.
    const QString& problem() const { return problem_; }

Q_SIGNALS:
    /// What these functions give is another.
    void looked();

private:
    void look();
    void take(const FoundSeries& found);
    void forget();

    QString series_;
    std::optional<FoundSeries> found_;
    QString problem_;
    QTimer soon_;
    QLabel* summary_;
    QTreeWidget* list_;
    std::shared_ptr<std::atomic<bool>> called_off_; ///< the look under way
    Background looking_; // last, so that it ends first
};

} // namespace circuitloom::ui
