#pragma once

#include "core/store/records.h"

#include <QObject>

#include <functional>

class QWidget;

namespace circuitloom::ui {

class BookmarksPanel;
class ErrorBanner;
class ExperimentSession;
class Playback;
struct WindowActions;

/// What the actions, the list and the keys do with bookmarks.
class BookmarkCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the dialogs' parent.
    BookmarkCommands(QWidget& window, ExperimentSession& session, Playback& playback,
        const WindowActions& actions, BookmarksPanel& panel, ErrorBanner& banner);

private:
    void add();
    void edit();
    void remove();
    void ask(const Bookmark& bookmark, std::function<void(const Bookmark&)> save);
    void show();

    QWidget& window_;
    ExperimentSession& session_;
    Playback& playback_;
    const WindowActions& actions_;
    BookmarksPanel& panel_;
    ErrorBanner& banner_;
};

} // namespace circuitloom::ui
