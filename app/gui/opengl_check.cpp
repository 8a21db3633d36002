#include "app/gui/opengl_check.h"

#include "ui/drawing/gl_painter.h"

#include <QCoreApplication>

#include <cstdio>
#include <utility>

namespace circuitloom {

namespace {

constexpr const char* variable = "CIRCUITLOOM_OPENGL";

// A driver that gives a context may still paint nonsense.
bool paints_rightly(ui::GlPainter& painter)
{
    ui::Drawing drawing;
    drawing.size = { 64, 64 };
    drawing.background = qRgb(250, 240, 230);
    ui::DrawnShape square;
    square.rect = { 16, 16, 32, 32 };
    square.fill = qRgb(10, 120, 200);
    drawing.layers.push_back({ QStringLiteral("square"), { square }, {}, {} });
    const QImage image = painter.paint(drawing, 1);
    return !image.isNull() && image.pixel(4, 32) == drawing.background
        && image.pixel(32, 32) == square.fill;
}

} // namespace

int check_opengl()
{
    const QByteArray wanted = qgetenv(variable);
    if (wanted == "off") {
        std::printf("The processor paints, as %s is off.\n", variable);
        return 1;
    }
    QString reason;
    const auto painter = ui::GlPainter::create(&reason);
    if (painter && !paints_rightly(*painter))
        reason = QStringLiteral("OpenGL does not paint what it should.");
    if (!reason.isEmpty()) {
        std::printf("The processor paints: %s\n", qPrintable(reason));
        return 1;
    }
    if (painter->is_software() && wanted != "on") {
        std::printf(
            "The processor paints, faster than by way of %s.\n", qPrintable(painter->renderer()));
        return 1;
    }
    std::printf("OpenGL paints, on %s.\n", qPrintable(painter->renderer()));
    return 0;
}

OpenGlCheck::OpenGlCheck(std::function<void()> use)
    : use_(std::move(use))
{
    process_.setStandardOutputFile(QProcess::nullDevice());
    process_.setStandardErrorFile(QProcess::nullDevice());
    connect(&process_, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        if (status == QProcess::NormalExit && code == 0)
            use_();
    });
}

OpenGlCheck::~OpenGlCheck()
{
    // The window is gone; nobody waits for the answer.
    process_.disconnect(this);
    process_.kill();
    process_.waitForFinished(1000);
}

void OpenGlCheck::begin()
{
    if (qgetenv(variable) == "off")
        return;
    process_.start(
        QCoreApplication::applicationFilePath(), { QString::fromLatin1(opengl_check_option) });
}

} // namespace circuitloom
