#pragma once

#include <QObject>

class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class PreferenceStore;
struct WindowActions;

/// The page of settings and the size of texts, as the menus and keys reach them. Says at the start
/// which settings could not be taken as they were remembered.
class SettingsCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it. `usual_folder`: see SettingsDialog.
    SettingsCommands(QWidget& window, PreferenceStore& preferences, const QString& usual_folder,
        const WindowActions& actions, ErrorBanner& banner);

private:
    void open_page(const QString& usual_folder);
    /// Larger, or for −1 smaller.
    void change_text(int direction);
    void show_state();

    QWidget& window_;
    PreferenceStore& preferences_;
    const WindowActions& actions_;
};

} // namespace circuitloom::ui
