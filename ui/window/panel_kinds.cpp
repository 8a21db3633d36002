#include "ui/window/panel_kinds.h"

#include "ui/ablate/ablate_panel.h"
#include "ui/difference/compare_panel.h"
#include "ui/dynamics/dynamics_panel.h"
#include "ui/edges/edge_table_panel.h"
#include "ui/faithfulness/faithfulness_panel.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/transfer/transfer_panel.h"
#include "ui/tryit/try_it_panel.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

template <class Panel>
QWidget* make(PanelContext& context, QWidget* parent)
{
    return new Panel(context, parent);
}

QString titled(const char* title)
{
    return QCoreApplication::translate("PanelKind", title);
}

} // namespace

std::vector<PanelKind> panel_kinds()
{
    return { { QStringLiteral("inspectorDock"),
                 titled(QT_TRANSLATE_NOOP("PanelKind", "Inspector")), Qt::RightDockWidgetArea,
                 QKeySequence(Qt::Key_F9), make<InspectorPanel> },
        { QStringLiteral("tryItDock"), titled(QT_TRANSLATE_NOOP("PanelKind", "Try it")),
        Qt::RightDockWidgetArea, QKeySequence(Qt::Key_F7), make<TryItPanel> },
        { QStringLiteral("edgesDock"), titled(QT_TRANSLATE_NOOP("PanelKind", "Edges")),
            Qt::RightDockWidgetArea, QKeySequence(Qt::Key_F8), make<EdgeTablePanel>, false },
        { QStringLiteral("ablateDock"), titled(QT_TRANSLATE_NOOP("PanelKind", "Ablate")),
            Qt::RightDockWidgetArea, QKeySequence(Qt::CTRL | Qt::Key_F9), make<AblatePanel>,
            false },
        { QStringLiteral("faithfulnessDock"),
            titled(QT_TRANSLATE_NOOP("PanelKind", "Faithfulness")), Qt::RightDockWidgetArea,
            QKeySequence(Qt::CTRL | Qt::Key_F8), make<FaithfulnessPanel>, false },
        { QStringLiteral("transferDock"), titled(QT_TRANSLATE_NOOP("PanelKind", "Transfer")),
            Qt::RightDockWidgetArea, QKeySequence(Qt::CTRL | Qt::Key_F11), make<TransferPanel>,
            false },
        { QStringLiteral("dynamicsDock"), titled(QT_TRANSLATE_NOOP("PanelKind", "Dynamics")),
            Qt::RightDockWidgetArea, QKeySequence(Qt::Key_F11), make<DynamicsPanel>, false },
        { QStringLiteral("compareDock"), titled(QT_TRANSLATE_NOOP("PanelKind", "Compare circuits")),
            Qt::RightDockWidgetArea, QKeySequence(Qt::Key_F12), make<ComparePanel>, false,
            480, true } };
}

} // namespace circuitloom::ui
