#include "ui/base/device_text.h"

#include "ui/base/size_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(DeviceText)
};

} // namespace

QString device_text(const ComputeDevice& device)
{
    QString last;
    if (!device.capability.empty())
        last = Words::tr("compute capability %1").arg(QString::fromStdString(device.capability));
    else
        last = Words::tr("%n thread(s)", nullptr, device.threads);
    return Words::tr("%1 (%2): %3 of memory, %4 free, %5")
        .arg(QString::fromStdString(device.what), QString::fromStdString(device.name),
            size_text(device.bytes), size_text(device.free), last);
}

QString device_label(const std::string& named_by_engine)
{
    const QString name = QString::fromStdString(named_by_engine);
    static const QRegularExpression processor(QStringLiteral("^CPU · (\\d+) threads?$"));
    const QRegularExpressionMatch match = processor.match(name);
    if (!match.hasMatch())
        return name;
    return QStringLiteral("CPU · ")
        + Words::tr("%n thread(s)", nullptr, match.captured(1).toInt());
}

QString devices_text(const Devices& devices)
{
    QStringList lines;
    for (const ComputeDevice& device : devices.all)
        lines << device_text(device);
    lines << Words::tr("“auto” takes %1. %2")
                 .arg(QString::fromStdString(devices.chosen), QString::fromStdString(devices.why));
    return lines.join(u'\n');
}

} // namespace circuitloom::ui
