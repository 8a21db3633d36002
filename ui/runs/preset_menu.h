#pragma once

#include <QMenu>

#include <functional>
#include <string>

namespace circuitloom::ui {

/// The ready-made runs, each by its name and one sentence, then an entry for any other run.
class PresetMenu : public QMenu
{
    Q_OBJECT

public:
    explicit PresetMenu(QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const std::string& preset);
    void other_requested();

private:
    void add_entry(const QString& title, const QString& sentence, const std::function<void()>& act);
};

} // namespace circuitloom::ui
