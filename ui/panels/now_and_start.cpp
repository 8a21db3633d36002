#include "ui/panels/now_and_start.h"

namespace circuitloom::ui {

NowAndStart::NowAndStart(PanelContext& context, const QString& asker, QObject* parent)
    : QObject(parent)
    , ask_now_(context, asker + QStringLiteral(", now"), this)
    , ask_start_(context, asker + QStringLiteral(", at the start"), this)
{
}

void NowAndStart::want(const ShownPlace& place, const QString& key,
    const std::function<Question(const RunMoment&)>& question)
{
    const QString whole = QStringLiteral("%1\n%2\n%3").arg(place.file).arg(place.run.value).arg(key);
    if (whole != key_) {
        drop();
        key_ = whole;
        ask_start_.want(question(place.start()), handlers(start_, -1));
    }
    if (asked_ == place.iteration)
        return;
    asked_ = place.iteration;
    ask_now_.want(question(place.moment()), handlers(now_, place.iteration));
}

void NowAndStart::drop()
{
    ask_now_.drop();
    ask_start_.drop();
    key_.clear();
    asked_ = -1;
    iteration_ = -1;
    now_.reset();
    start_.reset();
}

QString NowAndStart::progress() const
{
    return ask_now_.progress().isEmpty() ? ask_start_.progress() : ask_now_.progress();
}

QString NowAndStart::failure() const
{
    return ask_now_.failure().isEmpty() ? ask_start_.failure() : ask_now_.failure();
}

void NowAndStart::ask_again()
{
    ask_now_.ask_again();
    ask_start_.ask_again();
    Q_EMIT changed();
}

ReplyHandlers NowAndStart::handlers(std::optional<Answer>& place, int iteration)
{
    return { [this, &place, iteration](const Answer& answer) {
                place = answer;
                if (iteration >= 0)
                    iteration_ = iteration;
                Q_EMIT changed();
            },
        [this](const QString&) { Q_EMIT changed(); },
        [this](const QString&, int, int) { Q_EMIT changed(); } };
}

} // namespace circuitloom::ui
