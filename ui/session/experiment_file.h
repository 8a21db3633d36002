#pragma once

#include "core/store/compaction.h"
#include "ui/session/experiment_contents.h"
#include "ui/session/experiment_writer.h"
#include "ui/session/file_opener.h"
#include "ui/session/file_reader.h"
#include "ui/session/history_reader.h"
#include "ui/session/run_circuits.h"
#include "ui/session/run_histories.h"
#include "ui/session/run_tail.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <vector>

namespace circuitloom::ui {

/// What the open experiment holds: its runs, the current one's circuits, bookmarks.
///
/// For the window's thread. No function waits for the disk: the file is read by a FileReader, and
/// written to by a thread of its own, change by change in the order in which they were asked for.
/// What is new then comes by signals. The destructor waits for what is being written and for the
/// reading under way; removed runs are deleted then.
class ExperimentFile : public QObject
{
    Q_OBJECT

public:
    struct Opening
    {
        std::optional<RunId> preferred
            = {}; ///< becomes the current run; the last where there is none
        std::function<void()> also_read = {}; ///< on the reader's thread, before the file is shown
        /// Right before the file takes the place of the one before; false leaves that open.
        std::function<bool()> before_shown = {};
        std::function<void()> shown = {};
    };

    ExperimentFile();
    ~ExperimentFile() override;

    /// Empty while nothing was opened or begun.
    const QString& name() const { return file_; }
    /// Under which the reader has it open.
    OpenFile number() const { return number_; }
    void close();
    /// What is open stays so until the other file has been read, and where it cannot be: then
    /// failed() comes. Of several the newest is opened.
    void open(const QString& file, Opening opening);
    /// An experiment that holds no run yet, made just before.
    void begin(const QString& file);
    /// Something that was asked for has not been read yet.
    bool reading() const;

    const std::vector<RunHistory>& runs() const { return runs_.all(); }
    /// Null where there is none.
    const RunHistory* run(RunId id) const;
    const RunHistory* current() const;
    /// The run becomes the current one, at once where its history is in memory.
    void select(RunId run);
    RunCircuits& circuits() { return circuits_; }
    const RunCircuits& circuits() const { return circuits_; }

    /// The run began, or goes on from a checkpoint: its history is read from the start and it
    /// becomes the current one. `then` runs in any case, also where the run cannot be read or the
    /// file is left.
    void show_begun(RunId run, std::function<void()> then);
    /// There may be new rows of the run. However often it is called, one reading is under way.
    void read_news(RunId run, std::function<void()> then = {});

    /// Hides the run. It is deleted from the file when that is left.
    void remove(RunId run);
    /// All runs of the file as somebody found them: what is new of them is read, runs that came are
    /// shown and those that went are not. Of `own` all that is new is read as it is written.
    void take_found(const std::vector<RunSummary>& found, std::optional<RunId> own);
    /// How the file was looked at when it was left; nothing where it does not say.
    const std::optional<StoredView>& stored_view() const { return view_; }

    /// What was removed last, a run or a bookmark, is there again.
    void undo_remove();
    bool can_undo_remove() const { return runs_.has_removed(); }
    std::vector<RunId> removed_runs() const { return runs_.removed_runs(); }
    /// They stay in the file.
    void forget_removed() { runs_.forget_removed(); }
    void rename(RunId run, const QString& name);
    void set_notes(RunId run, const QString& text);
    void add_bookmark(const Bookmark& bookmark);
    void change_bookmark(const Bookmark& bookmark);
    void remove_bookmark(const Bookmark& bookmark);
    /// Removed runs are deleted for good, and the file is made as small as what it holds; see
    /// compaction.h. Then compacted() or not_compacted() comes. No run may be in training.
    void compact();
    void stop_compacting() { compaction_.request_stop(); }
    /// Writes in turn with the changes above.
    ExperimentWriter& writer() { return writer_; }

    /// For tests.
    FileReader& reader() { return reader_; }

Q_SIGNALS:
    /// The file that is open is about to be left.
    void leaving();
    void file_changed();
    void runs_changed();
    void current_run_changed();
    void iterations_added(const std::vector<int>& steps);
    void records_added();
    void bookmarks_changed();
    void bookmark_removed(const Bookmark& bookmark);
    void compacted(const Compaction& done);
    /// A sentence for the user; empty where it was called off.
    void not_compacted(const QString& why);
    void failed(const QString& what);

private:
    void show_contents(
        const QString& file, OpenFile number, ExperimentContents& contents, const Opening& opening);
    /// Leaves the file that is open. What was to follow its readings follows leave_file().
    void leave_file();
    void call_abandoned();
    void read_others();
    /// The run was written anew from some place on: all of it is read again.
    void read_anew(RunId run);
    void take_anew(RunHistory history);
    /// The run is not in the file any more.
    void drop(RunId run);
    /// It stood at that place of the list.
    void show_without(RunId run, std::size_t place);
    void leave_current(std::size_t place);
    void take_history(RunHistory history);
    /// Of several runs that are read one after the other, now and then.
    void tell_some_read();
    void take_news(RunId run, const RunNews& news);
    void follow_current(std::optional<RunId> run);
    /// It becomes the current one.
    void insert(RunHistory history);
    void delete_removed();
    void delete_removed_runs();
    std::function<void()> bookmarks_reading(RunId run);

    FileReader reader_;
    RunCircuits circuits_;
    RunTail tail_;
    HistoryReader history_reader_;
    FileOpener opener_;
    QString file_;
    OpenFile number_; ///< of `file_`
    RunHistories runs_;
    std::optional<RunId> current_;
    std::optional<RunId> wanted_; ///< becomes the current run once it has been read
    std::vector<std::function<void()>> begun_; ///< what follows show_begun()
    std::vector<std::function<void()>>
        abandoned_; ///< what was to follow readings of the file before
    std::set<RunId> asked_; ///< histories that read_others() asked for
    std::set<RunId> anew_; ///< being read again
    std::optional<StoredView> view_;
    std::stop_source compaction_;
    int unread_ = 0; ///< histories asked for when the file was opened
    ExperimentWriter writer_; // last, so that all is written before the rest goes
};

} // namespace circuitloom::ui
