// The session's bookmarks: each change goes into the file first, and what is shown comes from
// there.
#include "core/store/bookmarks.h"
#include "ui/window/experiment_session.h"
#include "ui/window/file_path.h"

namespace circuitloom::ui {

void ExperimentSession::add_bookmark(const Bookmark& bookmark)
{
    in_background([file = file_, bookmark] { circuitloom::add_bookmark(path_of(file), bookmark); },
        [this, file = file_, run = bookmark.run] {
            if (file == file_)
                read_bookmarks(run);
        });
}

void ExperimentSession::change_bookmark(const Bookmark& bookmark)
{
    in_background(
        [file = file_, bookmark] { circuitloom::change_bookmark(path_of(file), bookmark); },
        [this, file = file_, run = bookmark.run] {
            if (file == file_)
                read_bookmarks(run);
        });
}

void ExperimentSession::remove_bookmark(const Bookmark& bookmark)
{
    in_background(
        [file = file_, id = bookmark.id] { circuitloom::remove_bookmark(path_of(file), id); },
        [this, file = file_, bookmark] {
            if (file != file_)
                return;
            removed_.emplace_back(bookmark);
            read_bookmarks(bookmark.run);
            Q_EMIT bookmark_removed(bookmark);
        });
}

void ExperimentSession::read_bookmarks(RunId run)
{
    if (RunHistory* history = find(run)) {
        history->bookmarks = reader_->bookmarks(run);
        Q_EMIT bookmarks_changed();
    }
}

} // namespace circuitloom::ui
