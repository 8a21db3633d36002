#include "ui/window/folded_panels.h"

#include "ui/theme/text_scale.h"
#include "ui/window/dock_sizes.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

// Pixels at the usual size of texts.
constexpr int room_for_all = 560; ///< of height, that panels on all sides ask for
constexpr int room_for_others = 1200; ///< of width
constexpr int column_width = 236;

const QString state_key = QStringLiteral("state");
const QString sizes_key = QStringLiteral("sizes");
const QString shown_key = QStringLiteral("shown");

} // namespace

FoldedPanels::FoldedPanels(
    QMainWindow& window, DockSizes& sizes, QList<QDockWidget*> column, QList<QDockWidget*> others)
    : QObject(&window)
    , window_(window)
    , sizes_(sizes)
    , column_(std::move(column))
    , others_(std::move(others))
{
    window_.installEventFilter(this);
    follow_text_scale(window_, [this] { check_soon(); });
}

QVariantMap FoldedPanels::before() const
{
    if (!folded_)
        return {};
    return { { state_key, state_before_ }, { sizes_key, sizes_before_ },
        { shown_key, shown_folded_ } };
}

void FoldedPanels::set_before(const QVariantMap& before)
{
    state_before_ = before.value(state_key).toByteArray();
    sizes_before_ = before.value(sizes_key).toMap();
    shown_folded_ = before.value(shown_key).toStringList();
    folded_ = !state_before_.isEmpty();
}

bool FoldedPanels::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show)
        check_soon();
    return QObject::eventFilter(watched, event);
}

bool FoldedPanels::wanted() const
{
    return text_scale() > 1.01 && window_.height() < scaled(room_for_all);
}

void FoldedPanels::check_soon()
{
    // Once the window has the size that it will have.
    QTimer::singleShot(0, this, [this] {
        if (!window_.isVisible() || wanted() == folded_)
            return;
        if (folded_)
            unfold();
        else
            fold();
    });
}

QStringList FoldedPanels::shown() const
{
    QStringList names;
    for (const QDockWidget* dock : window_.findChildren<QDockWidget*>())
        if (!dock->isHidden())
            names << dock->objectName();
    return names;
}

void FoldedPanels::fold()
{
    folded_ = true;
    state_before_ = window_.saveState();
    sizes_before_ = sizes_.sizes();
    for (QDockWidget* dock : column_.mid(1))
        if (!dock->isFloating())
            window_.tabifyDockWidget(column_.first(), dock);
    column_.first()->raise();
    if (window_.width() < scaled(room_for_others))
        for (QDockWidget* dock : others_)
            if (!dock->isFloating())
                dock->hide();
    sizes_.set_size(column_.first(), std::min(scaled(column_width), window_.width() * 3 / 10));
    shown_folded_ = shown();
}

void FoldedPanels::unfold()
{
    const QStringList now = shown();
    folded_ = false;
    window_.restoreState(state_before_);
    sizes_.set_sizes(sizes_before_);
    // What was opened or closed meanwhile stays so.
    for (QDockWidget* dock : window_.findChildren<QDockWidget*>()) {
        const bool shows = now.contains(dock->objectName());
        if (shows != shown_folded_.contains(dock->objectName()))
            dock->setVisible(shows);
    }
}

} // namespace circuitloom::ui
