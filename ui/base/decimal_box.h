#pragma once

#include <QDoubleSpinBox>
#include <QLocale>

namespace circuitloom::ui {

/// A field for a number with decimals. It is written with a point in every language, as all figures
/// of the window are; a comma that is typed counts as one.
class DecimalBox : public QDoubleSpinBox
{
public:
    explicit DecimalBox(QWidget* parent)
        : QDoubleSpinBox(parent)
    {
        QLocale locale = QLocale::c();
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
        setLocale(locale);
    }

protected:
    QValidator::State validate(QString& text, int& position) const override
    {
        text.replace(u',', u'.');
        return QDoubleSpinBox::validate(text, position);
    }
};

} // namespace circuitloom::ui
