#include "ui/dialogs/capability_list.h"

#include "core/demo/demo.h"
#include "core/tasks/generated/generated_task.h"
#include "ui/base/tip_text.h"
#include "ui/dialogs/choice_line.h"
#include "ui/dialogs/recent_choices.h"
#include "ui/theme/text_scale.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int shown_lines = 4;

} // namespace

CapabilityList::CapabilityList(QWidget* parent)
    : QWidget(parent)
    , list_(new QListWidget(this))
    , remove_(choice_button(tr("Remove"), tr("Leave the chosen suites out"), this))
{
    list_->setObjectName(QStringLiteral("capabilities"));
    list_->setAccessibleName(tr("Capability suites"));
    list_->setProperty("boxed", true);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    follow_text_scale(*list_,
        [this] { list_->setFixedHeight(shown_lines * (list_->fontMetrics().height() + 7) + 6); });
    auto* add_button = choice_button(tr("Add"), tr("Add a suite"), this);
    add_button->setObjectName(QStringLiteral("addCapability"));
    remove_->setObjectName(QStringLiteral("removeCapability"));
    auto* menu = new QMenu(add_button);
    files_ = menu->addAction(tr("Files…"), this, [this] {
        if (host_.isEmpty())
            add_files();
        else
            ask_path();
    });
    menu->addSeparator();
    for (const std::string& name : demo::suite_names()) {
        menu->addAction(
            tr("Demo's language: %1").arg(QString::fromStdString(name)), this, [this, name] {
                add({ name, "demo/" + name });
            });
    }
    for (const GeneratedTask& task : generated_tasks()) {
        const std::string name(task.name);
        menu->addAction(
            tr("Plain English: %1").arg(QString::fromStdString(name)), this, [this, name] {
                add({ name, name });
            });
    }
    add_button->setMenu(menu);
    auto* key = new QAction(this);
    key->setShortcut(QKeySequence::Delete);
    key->setShortcutContext(Qt::WidgetShortcut);
    list_->addAction(key);
    connect(key, &QAction::triggered, this, &CapabilityList::remove_chosen);
    connect(remove_, &QPushButton::clicked, this, &CapabilityList::remove_chosen);
    connect(list_, &QListWidget::itemSelectionChanged, this,
        [this] { remove_->setEnabled(!list_->selectedItems().isEmpty()); });
    remove_->setEnabled(false);

    auto* buttons = new QVBoxLayout;
    buttons->addWidget(add_button);
    buttons->addWidget(remove_);
    buttons->addStretch();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(list_, 1);
    row->addLayout(buttons);
    setTabOrder(list_, add_button);
    setTabOrder(add_button, remove_);
    setFocusProxy(list_);
}

void CapabilityList::set_host(const QString& host)
{
    host_ = host;
    files_->setText(host.isEmpty() ? tr("Files…") : tr("File on %1…").arg(host));
}

void CapabilityList::show_suites(const std::vector<SuiteReference>& suites)
{
    if (suites == suites_)
        return;
    suites_ = suites;
    list_->clear();
    for (const SuiteReference& suite : suites_) {
        const QString name = QString::fromStdString(suite.name);
        const QString source = QString::fromStdString(suite.source);
        auto* item = new QListWidgetItem(name + QStringLiteral("  ·  ")
                + (QFileInfo(source).isAbsolute() ? QFileInfo(source).fileName() : source),
            list_);
        item->setToolTip(tip_text(source));
    }
}

void CapabilityList::add(const SuiteReference& suite)
{
    SuiteReference named = suite;
    const auto taken = [this](const std::string& name) {
        return std::any_of(suites_.begin(), suites_.end(),
            [&](const SuiteReference& one) { return one.name == name; });
    };
    for (int i = 2; taken(named.name); ++i)
        named.name = suite.name + " " + std::to_string(i);
    std::vector<SuiteReference> suites = suites_;
    suites.push_back(named);
    Q_EMIT edited(suites);
}

void CapabilityList::add_files()
{
    const QStringList files = QFileDialog::getOpenFileNames(this, tr("Capability suites"),
        recent_folder(RecentKind::suite),
        tr("Choices (*.jsonl) or a text for perplexity (*.jsonl *.txt)"));
    if (!files.isEmpty())
        remember_choice(RecentKind::suite, files.front());
    for (const QString& file : files)
        add({ QFileInfo(file).completeBaseName().toStdString(), file.toStdString() });
}

void CapabilityList::ask_path()
{
    auto* question = new QInputDialog(this);
    question->setObjectName(QStringLiteral("suitePath"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Capability suites"));
    question->setLabelText(tr("Path on %1, as in /data/suite.jsonl or /data/text.txt:").arg(host_));
    connect(question, &QInputDialog::textValueSelected, this, [this](const QString& path) {
        if (!path.trimmed().isEmpty())
            add({ QFileInfo(path.trimmed()).completeBaseName().toStdString(),
                path.trimmed().toStdString() });
    });
    question->open();
}

void CapabilityList::remove_chosen()
{
    std::vector<SuiteReference> kept;
    for (int i = 0; i < list_->count(); ++i) {
        if (!list_->item(i)->isSelected())
            kept.push_back(suites_[static_cast<std::size_t>(i)]);
    }
    if (kept.size() != suites_.size())
        Q_EMIT edited(kept);
}

} // namespace circuitloom::ui
