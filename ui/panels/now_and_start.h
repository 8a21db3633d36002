#pragma once

#include "ui/panels/inquiry.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace circuitloom::ui {

/// One question about two models: that of the iteration shown, asked again whenever the timeline
/// moves, and the one that the run began with, asked once.
class NowAndStart : public QObject
{
    Q_OBJECT

public:
    /// `asker` is a name of its own in the whole window. `context` must outlive it.
    NowAndStart(PanelContext& context, const QString& asker, QObject* parent);

    /// `question` makes it for a model; `key` says all of it but the model: under another one, or
    /// in another run, the answers so far are dropped.
    void want(const ShownPlace& place, const QString& key,
        const std::function<Question(const RunMoment&)>& question);
    void drop();

    /// Null while it is not known.
    const Answer* now() const { return now_ ? &*now_ : nullptr; }
    const Answer* start() const { return start_ ? &*start_ : nullptr; }
    /// Of which iteration now() is.
    int iteration() const { return iteration_; }

    /// Of the two questions together; see Inquiry.
    bool open() const { return ask_now_.open() || ask_start_.open(); }
    QString progress() const;
    QString failure() const;
    void ask_again();

Q_SIGNALS:
    /// now(), start(), progress() or failure() is another one.
    void changed();

private:
    ReplyHandlers handlers(std::optional<Answer>& place, int iteration);

    Inquiry ask_now_;
    Inquiry ask_start_;
    QString key_;
    int asked_ = -1; ///< the iteration that now() is, or will be, of
    int iteration_ = -1;
    std::optional<Answer> now_;
    std::optional<Answer> start_;
};

} // namespace circuitloom::ui
