#include "ui/theme/text_scale.h"

#include "ui/theme/scaled_font.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QThread>
#include <QWidget>

#include <cmath>
#include <utility>

namespace circuitloom::ui {

namespace {

QFont desktop_font()
{
    return QFontDatabase::systemFont(QFontDatabase::GeneralFont);
}

double size_of(const QFont& font)
{
    return font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF();
}

/// Both are sizes of one kind; a program may have given the application a font of another kind.
bool comparable(const QFont& one, const QFont& other)
{
    return (one.pixelSize() > 0) == (other.pixelSize() > 0);
}

class Follower : public QObject
{
public:
    Follower(QWidget& widget, std::function<void()> lay_out)
        : QObject(&widget)
        , lay_out_(std::move(lay_out))
        , scale_(text_scale())
    {
        widget.installEventFilter(this);
    }

    bool eventFilter(QObject*, QEvent* event) override
    {
        const bool of_fonts = event->type() == QEvent::ApplicationFontChange
            || event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange;
        if (of_fonts && std::exchange(scale_, text_scale()) != scale_)
            QMetaObject::invokeMethod(this, [this] { lay_out_(); }, Qt::QueuedConnection);
        return false; // the widget itself takes its new font only after this
    }

private:
    std::function<void()> lay_out_;
    double scale_;
};

} // namespace

double text_scale()
{
    const QFont usual = desktop_font();
    const QFont now = QApplication::font();
    return comparable(usual, now) && size_of(usual) > 0 ? size_of(now) / size_of(usual) : 1;
}

void set_text_scale(double scale)
{
    if (std::abs(text_scale() - scale) <= 0.001)
        return;
    QApplication::setFont(scaled_font(desktop_font(), scale));
    if (QThread::currentThread()->loopLevel() > 0)
        return;
    // Qt tells those that are there already only once the program runs.
    for (QWidget* widget : QApplication::allWidgets()) {
        QEvent changed(QEvent::ApplicationFontChange);
        QCoreApplication::sendEvent(widget, &changed);
    }
}

int scaled(int pixels)
{
    return qRound(pixels * text_scale());
}

QSize scaled(const QSize& pixels)
{
    return pixels * text_scale();
}

void follow_text_scale(QWidget& widget, std::function<void()> lay_out)
{
    lay_out();
    new Follower(widget, std::move(lay_out));
}

} // namespace circuitloom::ui
