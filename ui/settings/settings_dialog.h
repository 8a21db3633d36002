#pragma once

#include "ui/settings/preference_store.h"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace circuitloom::ui {

/// The page of the user's preferences. Each is taken as soon as it is chosen; what cannot be is said
/// under its field and not taken. Where the program has to begin anew, that is said too.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `usual_folder`: where experiments are kept where nothing else is chosen. `preferences` must
    /// outlive it.
    SettingsDialog(
        PreferenceStore& preferences, const QString& usual_folder, QWidget* parent = nullptr);

    QSize sizeHint() const override;

private:
    void add_row(QFormLayout& form, const QString& name, QWidget* field, const QString& help);
    QWidget* build_form();
    QWidget* build_folder();
    void connect_fields();
    /// Shows what is preferred now, as far as the fields say something else.
    void show_preferences();
    void take_folder();
    void choose_folder();
    void restore_usual();

    PreferenceStore& preferences_;
    const QString usual_folder_;
    QComboBox* theme_;
    QComboBox* motion_;
    QComboBox* edges_;
    QSpinBox* text_;
    QSpinBox* threads_;
    QSpinBox* cache_;
    QLineEdit* folder_;
    QLabel* folder_problem_;
    QLabel* restart_; ///< which settings wait for the next start
    QPushButton* usual_;
};

} // namespace circuitloom::ui
