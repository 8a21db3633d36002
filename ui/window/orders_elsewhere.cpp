#include "ui/window/orders_elsewhere.h"

#include "ui/base/background.h"
#include "ui/base/file_path.h"
#include "ui/session/experiment_session.h"
#include "ui/window/error_banner.h"
#include "ui/window/remote_commands.h"

#include <string>

namespace circuitloom::ui {

OrdersElsewhere::OrdersElsewhere(ExperimentSession& session, ErrorBanner& banner, QObject* parent)
    : QObject(parent)
    , session_(session)
    , banner_(banner)
{
}

bool OrdersElsewhere::mirrored() const
{
    return remote_ && !session_.file().isEmpty()
        && remote_->remote().mirror() == session_.file();
}

bool OrdersElsewhere::reaches(const RunHistory* run) const
{
    if (!run)
        return false;
    return mirrored() ? remote_->trains_there(run->summary.id)
                      : session_.trained_elsewhere(run->summary.id);
}

void OrdersElsewhere::tell(RunId run, RunOrder order)
{
    if (mirrored()) {
        remote_->remote().order(run, order);
        return;
    }
    in_background(
        this, [file = path_of(session_.file()), run, order] { return give_order(file, run, order); },
        [this](const std::string& done) { banner_.show_notice(QString::fromStdString(done)); },
        [this](const QString& why) { banner_.show_error(why); });
}

} // namespace circuitloom::ui
