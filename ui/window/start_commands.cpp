#include "ui/window/start_commands.h"

#include "ui/session/experiment_session.h"
#include "ui/start/experiment_row.h"
#include "ui/start/sample_experiment.h"
#include "ui/start/start_page.h"
#include "ui/window/error_banner.h"
#include "ui/window/file_commands.h"
#include "ui/window/theme_choice.h"

#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include <vector>

namespace circuitloom::ui {

StartCommands::StartCommands(QWidget& window, ExperimentSession& session, FileCommands& files,
    StartPage& page, ThemeSwitch& theme, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , files_(files)
    , page_(page)
    , theme_(theme)
    , unsaved_(session.folder(), session.waiting_notes())
{
    connect_page();
    connect(&list_, &ExperimentList::changed, this, &StartCommands::show_cards);
    connect(&session_, &ExperimentSession::runs_changed, this, &StartCommands::show_cards);
    connect(&unsaved_, &UnsavedExperiments::named, this, [this](const QString&, const QString& to) {
        files_.remember(to);
        refresh();
    });
    connect(&unsaved_, &UnsavedExperiments::deleted, this, &StartCommands::refresh);
    connect(&unsaved_, &UnsavedExperiments::added, &files_, &FileCommands::open);
    connect(&unsaved_, &UnsavedExperiments::failed, &banner, &ErrorBanner::show_error);
    // The run in training has stopped: its experiment can go on.
    connect(&session_, &ExperimentSession::training_changed, this, &StartCommands::refresh);
    connect(&theme_, &ThemeSwitch::changed, this, &StartCommands::refresh);
}

void StartCommands::connect_page()
{
    connect(&page_, &StartPage::shown, this, &StartCommands::refresh);
    connect(&page_, &StartPage::card_chosen, &files_,
        [this](const ExperimentCard& card) { files_.open(card.file); });
    connect(&page_, &StartPage::going_on_requested, &files_,
        [this](const ExperimentCard& card) { files_.open_and_go_on(card.file, *card.unfinished); });
    connect(&page_, &StartPage::naming_requested, this, &StartCommands::ask_name);
    connect(&page_, &StartPage::deletion_requested, this, &StartCommands::ask_deletion);
    connect(&page_, &StartPage::sample_requested, this,
        [this] { unsaved_.add(sample_experiment(), sample_experiment_name()); });
}

void StartCommands::refresh()
{
    if (page_.isVisible())
        list_.read(session_.folder(), files_.recent(),
            { card_picture_size, page_.devicePixelRatioF(), theme_.theme() });
}

// All runs of the open experiment were deleted: its file has them until it is closed, so that this
// can be undone, but there is nothing to open.
void StartCommands::show_cards()
{
    std::vector<ExperimentCard> cards = list_.cards();
    if (session_.unsaved() && session_.runs().empty())
        std::erase_if(
            cards, [this](const ExperimentCard& card) { return card.file == session_.file(); });
    page_.show_cards(cards);
    page_.show_unlisted(list_.unlisted(), session_.folder());
}

void StartCommands::ask_name(const ExperimentCard& card)
{
    const QString file = files_.ask_file_name(
        card.run.isEmpty() ? QFileInfo(card.file).completeBaseName() : card.run);
    if (!file.isEmpty())
        unsaved_.name(card.file, file);
}

void StartCommands::ask_deletion(const ExperimentCard& card)
{
    const QString name = card.run.isEmpty() ? QFileInfo(card.file).fileName() : card.run;
    QMessageBox question(QMessageBox::Question, tr("Delete experiment"),
        card.runs > 1
            ? tr("Delete the unsaved experiment “%1” with its %n run(s)? This cannot be undone.",
                nullptr, static_cast<int>(card.runs))
                  .arg(name)
            : tr("Delete the unsaved experiment “%1”? This cannot be undone.").arg(name),
        QMessageBox::Yes | QMessageBox::Cancel, &window_);
    question.setTextFormat(Qt::PlainText);
    question.button(QMessageBox::Yes)->setText(tr("&Delete"));
    question.setDefaultButton(QMessageBox::Cancel);
    if (question.exec() == QMessageBox::Yes)
        unsaved_.remove(card.file);
}

} // namespace circuitloom::ui
