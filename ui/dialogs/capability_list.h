#pragma once

#include "core/run/run_config.h"

#include <QWidget>

#include <vector>

class QListWidget;
class QPushButton;

namespace circuitloom::ui {

/// The capability suites that a run evaluates: built-in ones and files, any number.
class CapabilityList : public QWidget
{
    Q_OBJECT

public:
    explicit CapabilityList(QWidget* parent = nullptr);

    void show_suites(const std::vector<SuiteReference>& suites);

Q_SIGNALS:
    void edited(const std::vector<SuiteReference>& suites);

private:
    void add(const SuiteReference& suite);
    void add_files();
    void remove_chosen();

    std::vector<SuiteReference> suites_;
    QListWidget* list_;
    QPushButton* remove_;
};

} // namespace circuitloom::ui
