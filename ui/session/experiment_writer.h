#pragma once

#include "core/store/records.h"
#include "core/store/stored_view.h"
#include "ui/base/background.h"

#include <QObject>
#include <QString>

#include <functional>
#include <string>

namespace circuitloom::ui {

/// Writes what the user changes into experiments' files, on a thread of its own, change by change
/// in the order in which they were asked for.
///
/// For the window's thread; nothing waits but the destructor, for all that is still to be written.
/// `done` runs on the window's thread where the writing did not throw, else failed() comes.
class ExperimentWriter : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void()>;

    void write(
        std::function<void()> work, Done done = [] {});
    /// Where it cannot be written nobody is told: it was nobody's wish.
    void save_view(const QString& file, const StoredView& view);
    void rename(const QString& file, RunId run, const std::string& name);
    void set_notes(const QString& file, RunId run, const std::string& notes);
    void delete_run(const QString& file, RunId run);
    void add_bookmark(const QString& file, const Bookmark& bookmark, Done done);
    void change_bookmark(const QString& file, const Bookmark& bookmark, Done done);
    void remove_bookmark(const QString& file, const Bookmark& bookmark, Done done);

    /// How many changes of a file were asked for; how it was looked at is none.
    int changes() const { return changes_; }

Q_SIGNALS:
    /// A sentence for the user.
    void failed(const QString& what);

private:
    void change(std::function<void()> work, Done done = [] {});

    Background thread_;
    int changes_ = 0;
};

} // namespace circuitloom::ui
