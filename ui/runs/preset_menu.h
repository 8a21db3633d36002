#pragma once

#include <QMenu>

#include <string>

namespace circuitloom::ui {

/// The ready-made runs, each by its name and one sentence.
class PresetMenu : public QMenu
{
    Q_OBJECT

public:
    explicit PresetMenu(QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const std::string& preset);
};

} // namespace circuitloom::ui
