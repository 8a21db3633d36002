#include "ui/transfer/measure_choice.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QSignalBlocker>
#include <QStringList>

#include <algorithm>

namespace circuitloom::ui {

QComboBox* measure_choice(const QString& name, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(QCoreApplication::translate("StudyFigures", "Figure that is shown"));
    return box;
}

void offer_measures(QComboBox& box, const StudyTable& table)
{
    const QSignalBlocker blocker(box);
    const QString chosen = box.currentText();
    box.clear();
    for (const SuiteMeasure& measure : shown_measures(table))
        box.addItem(measure_title(measure),
            QStringList{
                QString::fromStdString(measure.first), QString::fromStdString(measure.second) });
    box.setCurrentIndex(std::max(0, box.findText(chosen)));
}

std::optional<SuiteMeasure> chosen_measure(const QComboBox& box)
{
    const QStringList names = box.currentData().toStringList();
    if (names.size() != 2)
        return std::nullopt;
    return SuiteMeasure{ names[0].toStdString(), names[1].toStdString() };
}

} // namespace circuitloom::ui
