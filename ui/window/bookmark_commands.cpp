#include "ui/window/bookmark_commands.h"

#include "ui/bookmarks/bookmark_dialog.h"
#include "ui/bookmarks/bookmarks_panel.h"
#include "ui/timeline/playback.h"
#include "ui/window/error_banner.h"
#include "ui/session/experiment_session.h"
#include "ui/window/window_actions.h"

#include <QAction>

namespace circuitloom::ui {

BookmarkCommands::BookmarkCommands(QWidget& window, ExperimentSession& session, Playback& playback,
    const WindowActions& actions, BookmarksPanel& panel, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , session_(session)
    , playback_(playback)
    , actions_(actions)
    , panel_(panel)
    , banner_(banner)
{
    connect(actions_.add_bookmark, &QAction::triggered, this, &BookmarkCommands::add);
    connect(&panel_, &BookmarksPanel::edit_requested, this, &BookmarkCommands::edit);
    connect(&panel_, &BookmarksPanel::remove_requested, this, &BookmarkCommands::remove);
    connect(&panel_, &BookmarksPanel::iteration_requested, &playback_, &Playback::go_to);
    connect(&session_, &ExperimentSession::bookmarks_changed, this, &BookmarkCommands::show);
    connect(&session_, &ExperimentSession::current_run_changed, this, &BookmarkCommands::show);
    connect(&playback_, &Playback::range_changed, this, &BookmarkCommands::show);
    connect(&session_, &ExperimentSession::bookmark_removed, this, [this](const Bookmark& removed) {
        banner_.show_notice(
            tr("The bookmark “%1” was deleted.").arg(QString::fromStdString(removed.name)),
            actions_.undo_remove);
    });
    show();
}

void BookmarkCommands::add()
{
    const RunHistory* run = session_.current();
    if (!run || playback_.current() < 0)
        return;
    Bookmark bookmark;
    bookmark.run = run->summary.id;
    bookmark.iteration = { playback_.current() };
    bookmark.name = tr("Iteration %1").arg(playback_.current()).toStdString();
    ask(bookmark, [this, file = session_.file()](const Bookmark& asked) {
        session_.add_bookmark(file, asked);
    });
}

void BookmarkCommands::edit()
{
    if (const Bookmark* bookmark = panel_.chosen())
        ask(*bookmark, [this, file = session_.file(), before = *bookmark](const Bookmark& asked) {
            if (asked != before)
                session_.change_bookmark(file, asked);
        });
}

void BookmarkCommands::ask(const Bookmark& bookmark, std::function<void(const Bookmark&)> save)
{
    auto* dialog = new BookmarkDialog(bookmark, &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
        [dialog, save = std::move(save)] { save(dialog->bookmark()); });
    dialog->open();
}

void BookmarkCommands::remove()
{
    if (const Bookmark* bookmark = panel_.chosen())
        session_.remove_bookmark(*bookmark);
}

void BookmarkCommands::show()
{
    const RunHistory* run = session_.current();
    const int iterations = run ? static_cast<int>(run->iterations.size()) : 0;
    panel_.set_bookmarks(run ? run->bookmarks : std::vector<Bookmark>(), iterations);
    actions_.add_bookmark->setEnabled(iterations > 0);
}

} // namespace circuitloom::ui
