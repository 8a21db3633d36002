#pragma once

#include "core/run/memory_estimate.h"
#include "ui/base/painted_parts.h"

#include <QWidget>

#include <cstdint>
#include <vector>

namespace circuitloom::ui {

/// What a run holds, part by part, as a bar against the memory that is free: its parts side by side
/// as they are with its first circuit, what more it may come to behind them, and a line where the
/// memory ends. What it shows is said in words to a screen reader and under the pointer.
class MemoryBar : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    explicit MemoryBar(QWidget* parent = nullptr);

    /// `available` bytes are free; 0 where that is not known.
    void show_memory(const MemoryParts& first, const MemoryParts& most, std::int64_t available);

    /// Its parts are those of the first circuit that take anything.
    int part_count() const override;
    QString part_text(int part) const override;
    QRectF part_rect(int part) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// What the bar's whole width stands for.
    double scale() const;
    QString words_at(int x) const;
    std::vector<NamedMemory> parts() const;

    MemoryParts first_;
    MemoryParts most_;
    std::int64_t available_ = 0;
};

/// What a dialog calls that part.
QString memory_title(std::string_view name);

} // namespace circuitloom::ui
