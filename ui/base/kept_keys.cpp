#include "ui/base/kept_keys.h"

#include <QKeyEvent>
#include <QWidget>

#include <algorithm>
#include <vector>

namespace circuitloom::ui {

namespace {

class KeyKeeper : public QObject
{
public:
    KeyKeeper(QWidget& widget, std::initializer_list<Qt::Key> keys)
        : QObject(&widget)
        , keys_(keys.begin(), keys.end())
    {
        widget.installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::ShortcutOverride)
            return QObject::eventFilter(watched, event);
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (!plain || std::ranges::find(keys_, key->key()) == keys_.end())
            return QObject::eventFilter(watched, event);
        event->accept();
        return true;
    }

private:
    std::vector<int> keys_;
};

} // namespace

void keep_keys(QWidget& widget, std::initializer_list<Qt::Key> keys)
{
    new KeyKeeper(widget, keys);
}

} // namespace circuitloom::ui
