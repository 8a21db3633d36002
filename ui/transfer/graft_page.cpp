#include "ui/transfer/graft_page.h"

#include "ui/theme/text_scale.h"
#include "ui/transfer/graft_chart.h"
#include "ui/transfer/graft_content.h"
#include "ui/transfer/measure_choice.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace circuitloom::ui {

namespace {

constexpr int chart_height = 220;

} // namespace

GraftPage::GraftPage(PanelContext& context, QWidget* parent)
    : StudyPage(context, QStringLiteral("graft"), parent)
    , measure_(measure_choice(QStringLiteral("transferMeasure"), this))
    , chart_(new GraftChart(this))
{
    add_draws();
    chart_->setObjectName(QStringLiteral("transferGraft"));
    follow_text_scale(*chart_, [this] { chart_->setFixedHeight(scaled(chart_height)); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(measure_);
    column->addWidget(chart_);
    connect(measure_, &QComboBox::currentIndexChanged, this, &GraftPage::draw);
    connect(chart_, &GraftChart::pointed_at, this, &GraftPage::pointed_at);
    const auto take_theme = [this] {
        chart_->set_theme(context_.theme());
        draw();
    };
    connect(&context_, &PanelContext::theme_changed, this, take_theme);
    take_theme();
}

QString GraftPage::title() const
{
    return tr("Which change it was");
}

QString GraftPage::purpose() const
{
    return tr("How little of the run's change carries what it learnt, and what it lost? The "
              "strongest share of it alone is laid over the untouched model.");
}

void GraftPage::begin(const ShownPlace&, const RunHistory&) { }

std::optional<Study> GraftPage::study(const ShownPlace&, const RunHistory& run, QString&) const
{
    return GraftStudy{ static_cast<int>(run.iterations.size()) - 1, -1, false, usual_graft_shares(),
        random_draws() };
}

void GraftPage::take_study(const Study&, const ComputationalGraph&) { }

void GraftPage::show_study(const ShownStudy* shown, const ShownPlace&)
{
    shown_ = shown ? std::optional(*shown) : std::nullopt;
    if (shown_)
        offer_measures(*measure_, StudyTable(shown_->figures));
    draw();
}

void GraftPage::draw()
{
    const auto measure = chosen_measure(*measure_);
    chart_->set_content(shown_ && measure ? graft_content(std::get<GraftStudy>(shown_->study),
                            shown_->figures, *measure, context_.theme())
                                          : GraftChart::Content());
}

} // namespace circuitloom::ui
