#pragma once

#include "core/run/run_options.h"
#include "ui/dialogs/form_sentence.h"

#include <QList>
#include <QWidget>

#include <functional>
#include <string>

class QLabel;
class QToolButton;

namespace circuitloom::ui {

/// One setting of a run: its title, the widget that its kind asks for, a sentence of help, and
/// what is wrong with it.
class SettingField : public QWidget
{
    Q_OBJECT

public:
    explicit SettingField(const RunOption& option, QWidget* parent = nullptr);

    const std::string& setting() const { return setting_; }
    /// The widgets that take the focus, in order.
    QList<QWidget*> focus_chain() const;
    /// Whether a search for `words` finds the setting; one for nothing finds all.
    bool matches(const QString& words) const;

    /// `inherited` is what reset_requested() would lead to; `unused` says why the run has no use
    /// for the setting, which then cannot be edited.
    void show_value(
        const QString& text, bool changed, const QString& inherited, const QString& unused);
    /// In the place of the help; empty for none.
    void show_problem(const QString& problem);

Q_SIGNALS:
    void edited(const std::string& setting, const QString& text);
    void reset_requested(const std::string& setting);

private:
    void add_editor(const RunOption& option);

    std::string setting_;
    QString title_;
    QLabel* label_;
    QWidget* editor_ = nullptr;
    QToolButton* reset_;
    QString help_text_; ///< with what the chosen word means
    QLabel* help_;
    QLabel* problem_;
    std::function<void(const QString&)> show_; ///< puts a text into the editor
};

} // namespace circuitloom::ui
