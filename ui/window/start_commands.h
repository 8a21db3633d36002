#pragma once

#include "ui/session/unsaved_experiments.h"
#include "ui/start/experiment_list.h"

#include <QObject>

class QWidget;

namespace circuitloom::ui {

class ErrorBanner;
class ExperimentSession;
class FileCommands;
class StartPage;
class ThemeSwitch;

/// What the start page shows of experiments, and what its buttons do with them.
class StartCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialogs' parent.
    StartCommands(QWidget& window, ExperimentSession& session, FileCommands& files,
        StartPage& page, ThemeSwitch& theme, ErrorBanner& banner);

private:
    void connect_page();
    void refresh();
    void show_cards();
    void ask_name(const ExperimentCard& card);
    void ask_deletion(const ExperimentCard& card);

    QWidget& window_;
    ExperimentSession& session_;
    FileCommands& files_;
    StartPage& page_;
    ThemeSwitch& theme_;
    ExperimentList list_;
    UnsavedExperiments unsaved_;
};

} // namespace circuitloom::ui
