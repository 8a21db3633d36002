#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace circuitloom::ui {

class RunDraft;
class SettingField;

/// The settings of a run: the few that matter most, then all others by section, folded until they
/// are asked for, searched for, or only those are wanted that differ.
///
/// What has a widget of its own elsewhere (model, tasks) is not here.
class SettingsForm : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsForm(const RunDraft& draft, QWidget* parent = nullptr);

    /// The values, and what is wrong with them.
    void show_draft(const RunDraft& draft);
    /// Says beside a setting what is wrong with it, though it makes sense by itself; empty for
    /// nothing.
    void show_problem(const std::string& setting, const QString& problem);

Q_SIGNALS:
    void edited(const std::string& setting, const QString& text);
    void reset_requested(const std::string& setting);

private:
    struct Section
    {
        QLabel* heading = nullptr; ///< none over the first few
        std::vector<SettingField*> fields;
    };
    void order_focus();
    void filter();

    std::vector<Section> sections_; ///< the first has the few that matter most
    std::vector<std::string> changed_;
    QToolButton* fold_;
    QLineEdit* search_;
    QCheckBox* only_changed_;
    QLabel* nothing_;
};

} // namespace circuitloom::ui
