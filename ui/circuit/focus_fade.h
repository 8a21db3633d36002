#pragma once

#include "ui/circuit/circuit_focus.h"

#include <QObject>
#include <QVariantAnimation>

namespace circuitloom::ui {

/// Dims the rest of a scene step by step when something in it is to stand out, and lights it up
/// again when nothing is.
class FocusFade : public QObject
{
    Q_OBJECT

public:
    explicit FocusFade(QObject* parent = nullptr);

    /// From now on `wanted` is to stand out in `scene`. Where the item pointed at has no edges
    /// there, the selection stays lit instead.
    void follow(const CircuitScene& scene, const CircuitHighlight& wanted);
    /// Nothing stands out any more, at once.
    void clear();
    /// The item pointed at does not stand out any more: drawn nodes have new numbers.
    void clear_hover();
    /// From now on every change is there at once.
    void set_reduced(bool reduced) { reduced_ = reduced; }

    /// What stands out, or did until it has faded; empty where nothing does.
    const CircuitHighlight& lit() const { return lit_; }
    /// How far the rest has dimmed, 0…1.
    double depth() const;

Q_SIGNALS:
    /// lit() or depth() is another, as the fading goes on.
    void changed();

private:
    CircuitHighlight lit_;
    bool reduced_ = false;
    QVariantAnimation animation_;
};

} // namespace circuitloom::ui
