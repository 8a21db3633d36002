#pragma once

#include "ui/panels/panel_context.h"

#include <QToolButton>

namespace circuitloom::ui {

/// A button whose menu keeps what is switched off under a name, switches a kept list off again, and
/// drops one.
class AblationLists : public QToolButton
{
    Q_OBJECT

public:
    explicit AblationLists(PanelContext& context, QWidget* parent = nullptr);

    /// Keeps what is switched off now; asks first where another list of that name would be
    /// replaced.
    void keep(const QString& name);

private:
    void fill();
    void ask_for_name();
    void store(const NamedAblation& kept);
    void choose(const NamedAblation& ablation);
    void drop(const QString& name);

    PanelContext& context_;
};

} // namespace circuitloom::ui
