#pragma once

#include "ui/panels/panel_context.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

namespace circuitloom::ui {

/// One thing that a panel wants to know, kept up to date while the timeline moves: while a question
/// is open a newer one waits for its answer, but not for long: then it takes that one's place. So a
/// panel follows playback as fast as the engine answers, and a long answer that nobody wants any
/// more does not hold it up. Each question that is replaced without an answer doubles how long the
/// next one may take (from 0.4 s to at most 10 s), so that slow answers come too; an answer sets it
/// back.
class Inquiry : public QObject
{
    Q_OBJECT

public:
    /// `asker` is a name of its own in the whole window. `context` must outlive it.
    Inquiry(PanelContext& context, const QString& asker, QObject* parent);

    /// For tests: how long a newer question waits, at first, for the answer of the one before.
    void set_patience(int milliseconds);
    /// Takes the place of a wish that has not been asked yet. Answers come to the handlers of the
    /// question that was asked.
    void want(Question question, ReplyHandlers handlers);
    /// Nothing is wanted any more; no handler is called.
    void drop();

    /// A question has no answer yet.
    bool open() const { return open_; }
    /// What is being done for its answer, as in "Replaying the run (3 of 20)"; may be empty.
    const QString& progress() const { return progress_; }
    /// Why the last question has no answer; empty where that is not so.
    const QString& failure() const { return failure_; }
    /// Asks what failed once more.
    void ask_again();

private:
    struct Wish
    {
        Question question;
        ReplyHandlers handlers;
    };

    void ask(Wish wish);
    void ask_next();

    PanelContext& context_;
    QString asker_;
    bool open_ = false;
    QString progress_;
    QString failure_;
    std::optional<Wish> failed_; ///< whose failure that is
    std::optional<Wish> next_;
    QTimer patience_; ///< its interval has doubled with every replacement since the last answer
    int first_patience_ = 0; ///< milliseconds
};

} // namespace circuitloom::ui
