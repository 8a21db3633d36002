#pragma once

#include "core/run/run_config.h"

#include <QString>
#include <QWidget>

#include <vector>

class QAction;
class QListWidget;
class QPushButton;

namespace circuitloom::ui {

/// The capability suites that a run evaluates: built-in ones and files, any number.
class CapabilityList : public QWidget
{
    Q_OBJECT

public:
    explicit CapabilityList(QWidget* parent = nullptr);

    /// Files are named by paths on that host; empty for this computer.
    void set_host(const QString& host);
    void show_suites(const std::vector<SuiteReference>& suites);

Q_SIGNALS:
    void edited(const std::vector<SuiteReference>& suites);

private:
    void add(const SuiteReference& suite);
    void add_files();
    void ask_path();
    void remove_chosen();

    std::vector<SuiteReference> suites_;
    QString host_;
    QAction* files_ = nullptr;
    QListWidget* list_;
    QPushButton* remove_;
};

} // namespace circuitloom::ui
